"""How far the indexer is, and which files it refused."""

from typing import Annotated

from fastapi import APIRouter, Query

from server.routers.services import Use
from server.wire import IndexOut, RefusedOut, RefusedPage

router = APIRouter(prefix="/api/index", tags=["index"])


@router.get("")
async def index(services: Use) -> IndexOut:
    return IndexOut.of(services.indexing.status())


@router.post("/rescan", status_code=202)
async def rescan(services: Use) -> IndexOut:
    """Look for new, changed, moved and deleted files now."""
    services.indexing.rescan()
    return IndexOut.of(services.indexing.status())


@router.get("/refused")
def refused(
    services: Use,
    offset: Annotated[int, Query(ge=0)] = 0,
    limit: Annotated[int, Query(ge=1, le=1000)] = 200,
) -> RefusedPage:
    """Files that are not in the library, each with the reason."""
    files = services.catalog.refused_files()
    page = tuple(RefusedOut.of(file) for file in files[offset : offset + limit])
    return RefusedPage(items=page, total=len(files))
