"""Speech to text: from sound to words."""
