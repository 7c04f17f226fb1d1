"""Uses vectors on a Chroma server, and prints what came of it: `python meaning_remote.py URL`.

A program of its own, because Chroma's client leaves connections to the garbage collector, and a
test must not.
"""

import json
import sys
from pathlib import Path

from knowledge.meaning.chroma_store import ChromaServer
from knowledge.meaning.vectors import TrackVectors
from meaning_fake import WordsEmbedder
from meaning_victim import documents


def main(url: str) -> None:
    said = dict(list(documents().items())[:20])
    nowhere = Path("never-made")
    ours = TrackVectors(nowhere, WordsEmbedder(), server=ChromaServer(url))
    read = ours.update(said).read
    nearest = ours.nearest("song 5", 1)[0][0]
    ours.close()
    other = ChromaServer(url, collection="another-house")
    theirs = TrackVectors(nowhere, WordsEmbedder(), server=other)
    theirs.open()
    found = theirs.nearest("song 5", 1)
    theirs.close()
    again = TrackVectors(nowhere, WordsEmbedder(), server=ChromaServer(url, "token"))
    unchanged = again.update(said).unchanged
    again.close()
    print(json.dumps([read, nearest, found, unchanged, nowhere.exists()]))


if __name__ == "__main__":
    main(sys.argv[1])
