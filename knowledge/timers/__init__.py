"""Sleep timers and alarms: what they are, when they are due, and where they are kept."""
