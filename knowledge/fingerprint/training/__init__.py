"""Makes the encoder's weights from music and speech that a program composes and renders."""
