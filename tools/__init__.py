"""What the agent may do. Tools are thin: the work is done in `knowledge` or by a player."""
