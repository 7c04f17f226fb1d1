"""From a recording to the lines of it that somebody may hum.

    extractor = MelodyExtractor(model_folders)
    lines = extractor.extract(samples)  # mono at RATE_HZ, the whole song

Nothing heavy is imported before something is extracted.
"""

from knowledge.melody.extraction.activations import RATE_HZ
from knowledge.melody.extraction.extractor import EXTRACTOR, LONGEST_S, MelodyExtractor

__all__ = ["EXTRACTOR", "LONGEST_S", "RATE_HZ", "MelodyExtractor"]
