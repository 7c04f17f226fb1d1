"""The process that holds the local model: `python -m agent.local.worker`.

It reads one line of JSON (its `WorkerSettings`), serves the OpenAI protocol on 127.0.0.1 for
whoever has the key, and tells by lines of JSON how far it is. It ends when its input does, so it
never outlives the server; when the native code crashes, only this process is gone.
"""

import json
import os
import sys
from dataclasses import asdict, dataclass
from typing import Any, TextIO

CONTEXT = 4096


@dataclass(frozen=True, slots=True)
class WorkerSettings:
    """What the worker needs to know."""

    weights: str
    """The GGUF file."""
    api_key: str
    beginning: tuple[dict[str, str], ...]
    """The static beginning of every request; evaluated once, before the first one."""
    threads: int = 2

    def line(self) -> str:
        return json.dumps(asdict(self)) + "\n"


def main(source: TextIO = sys.stdin) -> int:
    """Serve until `source` ends."""
    said = os.fdopen(os.dup(sys.stdout.fileno()), "w")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())  # the library prints on its own
    settings = WorkerSettings(**json.loads(source.readline()))
    _lower_priority()
    server = _serve(settings)
    _tell(said, address=server.listening_address)
    first = [*settings.beginning, {"role": "user", "content": "hi"}]
    server.handle_chat_completions({"messages": first, "max_tokens": 1, "temperature": 0})
    _tell(said, warm=True)
    source.read()
    return 0


def _serve(settings: WorkerSettings) -> Any:
    # An optional extra, imported in this process alone: 100 MB of native code.
    import xllamacpp  # noqa: PLC0415

    options = xllamacpp.CommonParams()
    options.model.path = settings.weights
    options.hostnames = ["127.0.0.1"]
    options.port = 0
    options.api_keys = [settings.api_key]  # without one any web page could ask
    options.n_ctx, options.n_parallel = CONTEXT, 1
    options.cpuparams.n_threads = options.cpuparams_batch.n_threads = settings.threads
    options.n_gpu_layers = 0
    options.warmup, options.use_jinja, options.ui = False, True, False
    return xllamacpp.Server(options)


def _tell(said: TextIO, **facts: object) -> None:
    said.write(json.dumps(facts) + "\n")
    said.flush()


def _lower_priority() -> None:
    if hasattr(os, "nice"):
        os.nice(5)  # music must not stutter because of it


if __name__ == "__main__":
    raise SystemExit(main())
