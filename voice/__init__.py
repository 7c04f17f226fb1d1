"""Audio in, turns, audio out. Knows nothing of music or the agent."""
