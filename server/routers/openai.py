"""What OpenAI's clients ask for besides the WebSocket: which models there are."""

from fastapi import APIRouter
from pydantic import BaseModel

from server.routers.openai_models import ANSWERS, HEARS, LISTED, SPEAKS, require_model

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
    """This assistant, and the names under which its ears and its voice are known to clients."""
    return ModelList(data=tuple(ModelOut(id=name) for name in LISTED))


@router.get("/models/{model_id}")
async def model(model_id: str) -> ModelOut:
    require_model(model_id, ANSWERS, *HEARS, *SPEAKS)
    return ModelOut(id=model_id)
