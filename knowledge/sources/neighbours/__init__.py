"""What listeners elsewhere play beside one's own music, as Last.fm and ListenBrainz say."""
