"""Secrets of the configuration: from the environment, or from a file that its owner alone reads."""

from pathlib import Path

from pydantic import SecretStr

from server.errors import BadSettings

ENV_PREFIX = "REFRAIN_"


def secret_of(value: SecretStr | None, file: Path | None, name: str) -> SecretStr | None:
    """The secret itself, or what its file holds.

    Args:
        value: as it was given.
        file: where it may stand instead.
        name: of the setting, such as "model.api_key".

    Raises:
        BadSettings: the file is missing, or other users can read it.
    """
    if value is not None or file is None:
        return value
    path = file.expanduser()
    try:
        if path.stat().st_mode & 0o077:
            raise BadSettings(
                f"{path} ({name}_file) can be read by other users.",
                next_step=f"Run: chmod 600 {path}",
            )
        return SecretStr(path.read_text("utf-8").strip())
    except OSError as error:
        variable = ENV_PREFIX + name.replace(".", "__").upper()
        raise BadSettings(
            f"{path} ({name}_file) cannot be read: {error.strerror or error}",
            next_step=f"Write the key into that file, or set {variable}.",
        ) from error
