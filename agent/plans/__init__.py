"""What the offline model does about each kind of request. Pure decisions, no look-ups."""
