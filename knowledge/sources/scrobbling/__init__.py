"""Tell a person's accounts elsewhere what they listened to: every real play once, and no other."""
