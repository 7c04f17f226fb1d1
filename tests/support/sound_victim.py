"""A program that analyses a small library until it is killed; see test_sound_keeper."""

import sys
from pathlib import Path

from knowledge.database import Database
from knowledge.indexer import Indexer

if __name__ == "__main__":
    home = Path(sys.argv[1])
    Indexer(
        Database.at(home / "library.db"), home / "covers", [home / "music"], fingerprints=False
    ).analyse()
