"""How well requests for music are heard: real speech, and synthetic voices in noise."""
