"""From audio to numbers: loudness, tempo, onsets, brightness and energy, for each 45 seconds."""
