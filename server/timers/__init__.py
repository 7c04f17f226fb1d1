"""What acts on sleep timers and alarms while the server runs."""
