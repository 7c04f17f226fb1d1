"""Google Home, cloud to cloud: Google asks about the speakers of the house, and commands them."""
