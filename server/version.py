"""Which release this is."""

from importlib.metadata import PackageNotFoundError, version


def _version() -> str:
    try:
        return version("refrain")
    except PackageNotFoundError:  # run from a source folder that was not installed
        return "0"


VERSION = _version()
