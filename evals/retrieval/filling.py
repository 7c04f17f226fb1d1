"""Names of the catalogue for requests that need one: by chance, and so that there is an answer."""

import random
from collections import defaultdict

import numpy as np

from evals.retrieval.cases import Request
from evals.retrieval.catalogue import Catalogue
from evals.retrieval.grading import grades

_TRIES = 400
_ENOUGH = 3
_LONGEST_LINE = 9


def fill(
    request: Request, catalogue: Catalogue, ids: tuple[int, ...], *, seed: int
) -> tuple[Request, tuple[int, ...]] | None:
    """Fill in names.

    Args:
        request: perhaps with names in braces.
        catalogue: where names come from.
        ids: track id of each row.
        seed: of the part of the requests.

    Returns:
        The request and the rows that it shall be like; None when no name gives it an answer.
    """
    rng = random.Random(f"{seed}/{request.id}")
    if not request.slots:
        return request, ()
    if request.kind == "like":
        return _like(request, catalogue, ids, rng)
    by_artist: dict[str, list[int]] = defaultdict(list)
    for row, artist in enumerate(catalogue.artists):
        by_artist[artist].append(row)
    artists = sorted(by_artist)
    for _ in range(_TRIES):
        artist = rng.choice(artists)
        row = rng.choice(by_artist[artist])
        names = _names(request, catalogue, artist, row, rng)
        if names is None:
            continue
        filled = request.named(names)
        enough = 1 if {"title", "lyrics"} & set(request.slots) else _ENOUGH
        if int((grades(catalogue, filled.wish) >= 2).sum()) >= enough:
            return filled, ()
    return None


def _names(
    request: Request, catalogue: Catalogue, artist: str, row: int, rng: random.Random
) -> dict[str, str] | None:
    shown = catalogue.shown[row]
    names = {"artist": artist, "title": catalogue.songs[row], "album": shown.draft.album or ""}
    if "lyrics" in request.slots:
        lines = shown.lyrics.split("\n")
        own = catalogue.languages[row]
        # People remember songs of their own language; few of the others have words here.
        if len(lines) < 4 or (request.language in catalogue.languages and own != request.language):
            return None
        line = rng.choice(lines)
        if sum(line in one.lyrics for one in catalogue.shown) > 3:
            return None
        names["lyrics"] = line
    if "title" in request.slots and len(names["title"].split()) < 2:
        return None
    if "artist" in request.slots and len(artist) < 5:
        return None
    return {slot: names[slot] for slot in request.slots}


def _like(
    request: Request, catalogue: Catalogue, ids: tuple[int, ...], rng: random.Random
) -> tuple[Request, tuple[int, ...]] | None:
    plain = np.flatnonzero(~catalogue.is_version)
    for _ in range(_TRIES):
        row = int(rng.choice(plain.tolist()))
        seeds: tuple[int, ...]
        if "title" in request.slots:
            title = catalogue.songs[row]
            if len(title.split()) < 2 or catalogue.songs.count(title) > 1:
                continue
            names, seeds = {"title": title}, (row,)
        else:
            artist = catalogue.artists[row]
            mine = [at for at, one in enumerate(catalogue.artists) if one == artist]
            if not 4 <= len(mine) <= 40 or len(artist) < 6:
                continue
            names, seeds = {"artist": artist}, tuple(mine)
        filled = request.named(names, tuple(ids[one] for one in seeds))
        if int((grades(catalogue, filled.wish, seeds=seeds) >= 2).sum()) >= 10:
            return filled, seeds
    return None
