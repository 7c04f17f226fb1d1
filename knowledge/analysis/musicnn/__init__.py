"""Our own port of musicnn (Pons and Serra 2019), a network that tags music: see MODEL_CARD.md."""
