"""What OpenAI's clients ask for besides the WebSocket."""

from fastapi import APIRouter
from pydantic import BaseModel

from server.errors import NotFound
from server.realtime.session_state import MODEL

router = APIRouter(prefix="/v1", tags=["OpenAI-compatible"])


class ModelOut(BaseModel):
    id: str
    object: str = "model"
    created: int = 1_790_000_000
    owned_by: str = "refrain"


class ModelList(BaseModel):
    object: str = "list"
    data: tuple[ModelOut, ...]


@router.get("/models")
async def models() -> ModelList:
    """The one model there is: this assistant, whichever language model reads for it."""
    return ModelList(data=(ModelOut(id=MODEL),))


@router.get("/models/{model_id}")
async def model(model_id: str) -> ModelOut:
    if model_id != MODEL:
        raise NotFound(f"There is no model {model_id!r}; the model here is {MODEL!r}.")
    return ModelOut(id=MODEL)
