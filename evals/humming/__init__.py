"""How well a hummed, whistled or sung tune is named."""
