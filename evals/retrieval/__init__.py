"""How well music is found: by what is wished, by words of songs, by covers."""
