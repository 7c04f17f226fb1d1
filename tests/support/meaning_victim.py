"""A process that reads documents until it is killed: `python meaning_victim.py FOLDER`."""

import sys
from pathlib import Path

from knowledge.meaning.documents import Document, Part
from knowledge.meaning.vectors import TrackVectors
from meaning_fake import WordsEmbedder

COUNT = 400


def documents() -> dict[int, Document]:
    """What it reads."""
    return {
        number: Document((Part("title", f"song {number} of {number % 7}", "tag"),))
        for number in range(1, COUNT + 1)
    }


def main(folder: Path) -> None:
    vectors = TrackVectors(folder, WordsEmbedder())
    vectors.update(documents(), progress=lambda: print("kept", flush=True))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
