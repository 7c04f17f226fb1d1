"""Tunes that are written down: MIDI, MusicXML and ABC files in the music folders."""
