"""Where fingerprints are kept: see docs/index-format.md."""

from knowledge.fingerprint.index.fingerprint_index import FingerprintIndex
from knowledge.fingerprint.index.repair import Repaired

__all__ = ["FingerprintIndex", "Repaired"]
