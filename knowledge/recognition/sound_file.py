"""Write a clip's sound as FLAC."""

from typing import BinaryIO

import av
import numpy as np
from av.audio.frame import AudioFrame

from knowledge.fingerprint.models import RATE_HZ, Samples


def write_flac(file: BinaryIO, samples: Samples) -> None:
    """Write mono samples at `RATE_HZ`, shape (n,), with 16 bits each."""
    whole = np.clip(np.rint(samples * 32_767), -32_768, 32_767).astype(np.int16)
    with av.open(file, "w", format="flac") as output:
        stream = output.add_stream("flac", rate=RATE_HZ)
        stream.codec_context.layout = "mono"
        stream.codec_context.format = "s16"
        size = 4096
        for start in range(0, whole.size, size):
            frame = AudioFrame.from_ndarray(
                np.ascontiguousarray(whole[None, start : start + size]), format="s16", layout="mono"
            )
            frame.sample_rate = RATE_HZ
            frame.pts = start
            output.mux(stream.encode(frame))
        output.mux(stream.encode(None))
