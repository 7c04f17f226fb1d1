"""The usable recordings among the files of the packages, decoded once into the cache."""

import hashlib
import json
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from evals.evaluation import Progress
from evals.recognition.resampling import ENGINE_RATE_HZ, to_engine_rate, to_pcm
from knowledge.audio.decoder import decode
from knowledge.errors import UnreadableAudio

Pcm: TypeAlias = NDArray[np.int16]

RATE_HZ = 44_100
CUT_S = 150
"""Of each recording only the beginning is used: this many seconds."""
PACKAGES = (
    "ardentryst",
    "asc-music",
    "btanks-data",
    "drascula-music",
    "extremetuxracer-data",
    "fillets-ng-data",
    "flare-game",
    "fretsonfire-songs-muldjord",
    "fretsonfire-songs-sectoid",
    "frozen-bubble-data",
    "hedgewars-data",
    "hyperrogue-music",
    "lincity-ng-data",
    "megaglest-data",
    "pathological",
    "planetblupi-music-ogg",
    "pushover-data",
    "singularity-music",
    "starfighter-data",
    "supertux-data",
    "ufoai-music",
    "warzone2100-music",
    "wesnoth-1.16-music",
    "xmoto-data",
)
SPARE_PACKAGE = "nexuiz-music"
_ENDINGS = {".ogg", ".oga", ".opus", ".mp3", ".flac", ".wav"}
_ARCHIVES = {".pk3", ".zip"}
_NO_MUSIC = {"sounds", "soundfx", "speech", "voices"}
_NO_MUSIC_PATHS = ("fillets-ng-data/usr/share/games/fillets-ng/sound/",)
_AMBIENCE = {"day", "desertday", "hell", "night", "nightime", "rain", "sunny_day", "wind"}
"""Files of megaglest-data, which keeps music and ambience in one folder."""
_FEWEST_BYTES = 250_000
_SHORTEST_S = 35.0
_LOWEST_DBFS = -45.0


@dataclass(frozen=True, slots=True)
class Track:
    """A usable recording, in the cache as 16-bit mono.

    Attributes:
        key: package and path inside it; names the recording everywhere.
        package: Debian package that it comes from.
        duration_s: length in the cache, at most CUT_S.
        digest: of the samples in the cache.
    """

    key: str
    package: str
    duration_s: float
    digest: str


class TrackCache:
    """The decoded recordings in a folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def tracks(self, music: Path, progress: Progress) -> tuple[Track, ...]:
        """Return the usable tracks below `music`, decoding what was never decoded."""
        listing = self._folder / "tracks.json"
        if listing.is_file():
            rows: list[dict[str, Any]] = json.loads(listing.read_text("utf-8"))
            return tuple(Track(**row) for row in rows)
        tracks = tuple(self._decode_all(music, progress))
        temporary = listing.with_suffix(".tmp")
        temporary.write_text(json.dumps([asdict(track) for track in tracks], indent=1), "utf-8")
        temporary.replace(listing)
        return tracks

    def pcm(self, track: Track, rate_hz: int = RATE_HZ) -> Pcm:
        """Return the samples of a track at 44,100 or 11,025 Hz, memory-mapped."""
        samples: Pcm = np.load(self._path(track.digest, rate_hz), mmap_mode="r")
        return samples

    def _path(self, digest: str, rate_hz: int) -> Path:
        return self._folder / "tracks" / f"{digest}.{rate_hz}.npy"

    def _decode_all(self, music: Path, progress: Progress) -> Iterator[Track]:
        (self._folder / "tracks").mkdir(parents=True, exist_ok=True)
        candidates = _candidates(music, self._folder / "unzipped")
        seen: set[str] = set()
        progress.start("decoding", len(candidates))
        for key, parts in candidates:
            progress.advance()
            samples = _sum(parts)
            if samples is None or len(samples) < _SHORTEST_S * RATE_HZ:
                continue
            rms = float(np.sqrt(np.mean(np.square(samples, dtype=np.float64))))
            if 20 * np.log10(rms + 1e-12) < _LOWEST_DBFS:
                continue
            pcm = to_pcm(samples)
            digest = hashlib.sha256(pcm.tobytes()).hexdigest()[:24]
            if digest in seen:
                continue
            seen.add(digest)
            np.save(self._path(digest, RATE_HZ), pcm)
            engine = to_pcm(to_engine_rate(samples, RATE_HZ))
            np.save(self._path(digest, ENGINE_RATE_HZ), engine)
            yield Track(key, key.partition("/")[0], round(len(pcm) / RATE_HZ, 3), digest)


def _candidates(music: Path, unzipped: Path) -> list[tuple[str, tuple[Path, ...]]]:
    """List what may be a track: its key, and the files that sound together."""
    found: list[tuple[str, tuple[Path, ...]]] = []
    for package in (*PACKAGES, SPARE_PACKAGE):
        _unzip(music / package, unzipped / package)
        for root in (music / package, unzipped / package):
            for path in sorted(root.rglob("*")):
                key = f"{package}/{path.relative_to(root).as_posix()}"
                if path.suffix.lower() in _ENDINGS and path.is_file() and _may_be_music(key, path):
                    found += _songs(package, key, path)
    return found


def _may_be_music(key: str, path: Path) -> bool:
    folders = {part.lower() for part in key.split("/")[1:-1]}
    if folders & _NO_MUSIC or key.startswith(_NO_MUSIC_PATHS):
        return False
    if key.startswith("megaglest-data/") and path.stem in _AMBIENCE:
        return False
    return path.stat().st_size >= _FEWEST_BYTES


def _songs(package: str, key: str, path: Path) -> list[tuple[str, tuple[Path, ...]]]:
    """Frets on Fire keeps the guitar apart: the song is the sum of two files."""
    if not package.startswith("fretsonfire"):
        return [(key, (path,))]
    guitar = path.with_name("guitar.ogg")
    return [(key, (path, guitar))] if path.stem == "song" and guitar.is_file() else []


def _unzip(package: Path, into: Path) -> None:
    for archive in sorted(package.rglob("*")):
        if archive.suffix.lower() not in _ARCHIVES or not archive.is_file():
            continue
        with zipfile.ZipFile(archive) as content:
            for member in content.infolist():
                name = Path(member.filename)
                target = into / archive.stem / "/".join(name.parts[-2:]).replace("..", "_")
                if name.suffix.lower() in _ENDINGS and not target.exists():
                    target.parent.mkdir(parents=True, exist_ok=True)
                    target.write_bytes(content.read(member))


def _sum(parts: Sequence[Path]) -> NDArray[np.float32] | None:
    """Decode and add up; None when a file cannot be read."""
    total = np.zeros(0, np.float32)
    for path in parts:
        samples = _beginning(path)
        if samples is None:
            return None
        longer = max(len(total), len(samples))
        total = np.pad(total, (0, longer - len(total)))
        total[: len(samples)] += samples
    peak = float(np.abs(total).max(initial=0.0))
    return total / np.float32(peak) if peak > 1 else total


def _beginning(path: Path) -> NDArray[np.float32] | None:
    blocks: list[NDArray[np.float32]] = []
    try:
        for block, _ in decode(path, sample_rate=RATE_HZ, channels=1):
            blocks.append(block[0])
            if sum(map(len, blocks)) >= CUT_S * RATE_HZ:
                break
    except UnreadableAudio:
        return None
    return np.concatenate(blocks)[: CUT_S * RATE_HZ]
