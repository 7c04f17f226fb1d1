"""Which tune is this? What is hummed, whistled or sung, against the melodies of the library."""
