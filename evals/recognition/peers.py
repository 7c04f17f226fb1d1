"""Open recognisers that install today, driven in this process as their own programs drive them.

None of them is needed by the product; those that are not installed are left out of the report.
"""

import ctypes
from collections.abc import Callable, Iterable, Mapping
from ctypes.util import find_library
from importlib import import_module
from importlib.metadata import version
from typing import Any

import numpy as np
from numpy.typing import NDArray

from evals.recognition.resampling import ENGINE_RATE_HZ, resampled, to_signal
from evals.recognition.systems import Answer, Sound, System
from evals.recognition.tracks import RATE_HZ

_LEAST_HASHES = 5
_MATCH_WINDOW = 2
_HASH_BITS = 20
_BUCKET_DEPTH = 100
_LONGEST_TIME = 16_384
_AUDFPRINT_POSTING_BYTES = 4
_CHROMAPRINT_ALGORITHM = 1
_CHROMAPRINT_ITEM_S = 1365 / ENGINE_RATE_HZ
_CHROMAPRINT_BIT_ERROR = 0.35
_AUDIOLOCATE_POSTING_BYTES = 8


class Audfprint:
    """audfprint2: one query shift while indexing, four while matching, as its command line."""

    def __init__(self, name: str, density: float, fan_out: int, query_shifts: int = 4) -> None:
        core = "audfprint2.core"
        self._landmarks2hashes = import_module(f"{core}.analyzer").landmarks2hashes
        self.name = name
        self.version = f"{version('audfprint2')}-{density:g}-{fan_out}-{query_shifts}"
        self._analyzer = import_module(f"{core}.analyzer").Analyzer(density)
        self._analyzer.maxpairsperpeak = fan_out
        self._table = import_module(f"{core}.hash_table").HashTable(
            hashbits=_HASH_BITS, depth=_BUCKET_DEPTH, maxtime=_LONGEST_TIME
        )
        self._matcher = import_module(f"{core}.matcher").Matcher()
        self._matcher.window = _MATCH_WINDOW
        self._matcher.threshcount = _LEAST_HASHES
        self._matcher.max_returns = 5
        self._shifts = query_shifts

    def prepare(self, sound: Sound) -> Any:
        """Bring to floats at 11,025 Hz."""
        return to_signal(sound.engine_pcm)

    def add(self, recordings: Iterable[tuple[str, Any]]) -> None:
        """Fill the hash table."""
        for key, samples in recordings:
            self._table.store(key, [(int(at), int(word)) for at, word in self._hashes(samples, 1)])

    def answer(self, prepared: Any) -> Answer:
        """Take the recording with the most aligned hashes."""
        hashes = self._hashes(prepared, self._shifts)
        rows: Any = self._matcher.match_hashes(self._table, hashes) if len(hashes) else ()
        if len(rows) == 0:
            return Answer()
        number, aligned, frames = (int(value) for value in rows[0][:3])
        offset_s = frames * self._analyzer.n_hop / self._analyzer.target_sr
        return Answer(self._table.names[number], float(aligned), offset_s, claimed=True)

    def index_bytes(self) -> int:
        """Four bytes a hash; the program's own table takes 420 MB whatever it holds."""
        return int(self._table.hashesperid.sum()) * _AUDFPRINT_POSTING_BYTES

    def close(self) -> None:
        """Let go of the table."""
        self._table = None

    def _hashes(self, samples: Any, shifts: int) -> NDArray[np.int32]:
        analyzer = self._analyzer
        found = [
            self._landmarks2hashes(analyzer.peaks2landmarks(analyzer.find_peaks(shifted, 0)))
            for shift in range(shifts)
            for shifted in [samples[int(shift / shifts * analyzer.n_hop) :]]
        ]
        unique: NDArray[np.int32] = np.unique(np.concatenate(found), axis=0)
        return unique


class Chromaprint:
    """The raw fingerprint of `libchromaprint`, as `fpcalc -raw`, and every alignment compared."""

    name = "chromaprint"

    def __init__(self) -> None:
        path = find_library("chromaprint")
        if path is None:
            raise ImportError("libchromaprint is not installed.")
        self._library = ctypes.CDLL(path)
        self._library.chromaprint_new.restype = ctypes.c_void_p
        self._library.chromaprint_get_version.restype = ctypes.c_char_p
        self.version = self._library.chromaprint_get_version().decode()
        self._keys: list[str] = []
        self._parts: list[NDArray[np.uint32]] = []
        self._joined: tuple[NDArray[np.uint32], NDArray[np.int64]] | None = None

    def prepare(self, sound: Sound) -> Any:
        """Take the 16-bit samples at 11,025 Hz, to which the library would resample."""
        return np.ascontiguousarray(sound.engine_pcm)

    def add(self, recordings: Iterable[tuple[str, Any]]) -> None:
        """Keep the items of each recording."""
        for key, pcm in recordings:
            self._keys.append(key)
            self._parts.append(self._items(pcm))
        starts = np.cumsum([0, *map(len, self._parts)])
        self._joined = (np.concatenate(self._parts), starts)

    def answer(self, prepared: Any) -> Answer:
        """Take the alignment with the fewest wrong bits."""
        clip = self._items(prepared)
        if not len(clip) or self._joined is None:
            return Answer()
        items, starts = self._joined
        places = len(items) - len(clip) + 1
        wrong = np.zeros(places, np.uint32)
        for late, item in enumerate(clip):
            wrong += np.bitwise_count(items[late : late + places] ^ item)
        for end in starts[1:-1]:  # a clip does not go on in the next recording
            wrong[max(0, end - len(clip) + 1) : end] = 32 * len(clip)
        place = int(np.argmin(wrong))
        owner = int(np.searchsorted(starts, place, side="right")) - 1
        error = float(wrong[place]) / (32 * len(clip))
        if error >= _CHROMAPRINT_BIT_ERROR:
            return Answer()
        offset_s = float(place - starts[owner]) * _CHROMAPRINT_ITEM_S
        return Answer(self._keys[owner], 1 - error, offset_s, claimed=True)

    def index_bytes(self) -> int:
        """Four bytes an item."""
        return sum(part.nbytes for part in self._parts)

    def close(self) -> None:
        """Let go of the items."""
        self._parts, self._joined = [], None

    def _items(self, pcm: NDArray[np.int16]) -> NDArray[np.uint32]:
        library, size = self._library, ctypes.c_int(0)
        context = ctypes.c_void_p(library.chromaprint_new(_CHROMAPRINT_ALGORITHM))
        data = ctypes.POINTER(ctypes.c_uint32)()
        try:
            library.chromaprint_start(context, ENGINE_RATE_HZ, 1)
            library.chromaprint_feed(context, ctypes.c_void_p(pcm.ctypes.data), len(pcm))
            library.chromaprint_finish(context)
            done = library.chromaprint_get_raw_fingerprint(
                context, ctypes.byref(data), ctypes.byref(size)
            )
            if not done or not size.value:
                return np.zeros(0, np.uint32)
            items = np.ctypeslib.as_array(data, (size.value,)).copy()
            library.chromaprint_dealloc(data)
        finally:
            library.chromaprint_free(context)
        return items


class Audiolocate:
    """audiolocate at its defaults: every reference compared in turn."""

    name = "audiolocate"

    def __init__(self) -> None:
        self._engine = import_module("audiolocate").AudioFingerprint()
        self.version = version("audiolocate")
        self._references: dict[str, Mapping[int, list[int]]] = {}

    def prepare(self, sound: Sound) -> Any:
        """Bring to floats at 8,000 Hz."""
        return resampled(to_signal(sound.pcm), RATE_HZ, self._engine.sr)

    def add(self, recordings: Iterable[tuple[str, Any]]) -> None:
        """Keep the hashes of each recording."""
        for key, samples in recordings:
            self._references[key] = self._engine.fingerprint_audio(samples)[0]

    def answer(self, prepared: Any) -> Answer:
        """Take the recording with the most aligned hashes of those that it calls a match."""
        hashes = self._engine.fingerprint_audio(prepared)[0]
        best = Answer()
        for key, reference in self._references.items():
            result = self._engine.match(reference, hashes)
            if result.is_match and result.match_count > best.score:
                offset_s = result.offset_frames / self._engine.frames_per_second
                best = Answer(key, float(result.match_count), float(offset_s), claimed=True)
        return best

    def index_bytes(self) -> int:
        """Eight bytes a hash and its time."""
        references = self._references.values()
        postings = sum(len(times) for one in references for times in one.values())
        return postings * _AUDIOLOCATE_POSTING_BYTES

    def close(self) -> None:
        """Let go of the hashes."""
        self._references.clear()


PEERS: Mapping[str, Callable[[], System]] = {
    "audfprint2_dense": lambda: Audfprint("audfprint2_dense", density=70, fan_out=8),
    "audfprint2": lambda: Audfprint("audfprint2", density=20, fan_out=3),
    "chromaprint": Chromaprint,
    "audiolocate": Audiolocate,
}
"""Name in the metrics to a constructor, which raises ImportError when it is not installed."""
