"""Makes the weights of the network of melody: composes, plays and mixes its own songs."""
