"""What Google sends; everything that is not named here is ignored."""

from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field

_MODEL = ConfigDict(extra="ignore", frozen=True)
DeviceId = Annotated[str, Field(max_length=200)]


class DeviceIn(BaseModel):
    model_config = _MODEL
    id: DeviceId


class Execution(BaseModel):
    """One command and its parameters."""

    model_config = _MODEL
    command: Annotated[str, Field(max_length=200)]
    params: dict[str, Any] = {}

    @property
    def name(self) -> str:
        """Such as "mediaPause"."""
        return self.command.removeprefix("action.devices.commands.")


class CommandIn(BaseModel):
    """The same commands for several devices."""

    model_config = _MODEL
    devices: Annotated[tuple[DeviceIn, ...], Field(max_length=100)]
    execution: Annotated[tuple[Execution, ...], Field(max_length=20)]


class PayloadIn(BaseModel):
    model_config = _MODEL
    devices: Annotated[tuple[DeviceIn, ...], Field(max_length=100)] = ()
    commands: Annotated[tuple[CommandIn, ...], Field(max_length=20)] = ()


class InputIn(BaseModel):
    model_config = _MODEL
    intent: Annotated[str, Field(max_length=100)]
    payload: PayloadIn = PayloadIn()


class RequestIn(BaseModel):
    """One request of the fulfilment."""

    model_config = ConfigDict(extra="ignore", frozen=True, populate_by_name=True)
    request_id: Annotated[str, Field(alias="requestId", max_length=200)]
    inputs: Annotated[tuple[InputIn, ...], Field(min_length=1, max_length=1)]
