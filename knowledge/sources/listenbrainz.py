"""ListenBrainz: tell it listens, and ask what its listeners play beside something.

See https://listenbrainz.readthedocs.io/en/latest/users/api/. A client of our own: the one that
exists is under the GPL. What is similar comes from its data sets at labs.api.listenbrainz.org.
"""

from collections.abc import Sequence
from typing import Any
from urllib.parse import quote

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from knowledge.errors import SourceRefused, SourceUnreachable
from knowledge.sources.answers import DAY_S
from knowledge.sources.neighbours.models import Neighbour
from knowledge.sources.scrobbling.models import Listen
from knowledge.sources.web_service import WebService

MOST_LISTENS = 100
"""In one message; ListenBrainz takes up to 1,000."""
_KEEP_S = 30 * DAY_S
_MOST = 100
_LONGEST = 500
_ARTISTS = (
    "session_based_days_7500_session_300_contribution_5_threshold_10_limit_100_filter_True_skip_30"
)
_RECORDINGS = "session_based_days_180_session_300_contribution_5_threshold_15_limit_50_skip_30"
_LOOSE = ConfigDict(extra="ignore", frozen=True)


class _Similar(BaseModel):
    model_config = _LOOSE

    name: str = ""
    recording_name: str = ""
    artist_credit_name: str = ""
    score: float = Field(default=0.0, ge=0.0)


_SIMILAR: TypeAdapter[list[_Similar]] = TypeAdapter(list[_Similar])


class ListenBrainzAccount:
    """One person's account. A `ScrobbleTarget`; synchronous."""

    batch = MOST_LISTENS

    def __init__(self, service: WebService, token: str, user: str = "") -> None:
        """Use an account.

        Args:
            service: how ListenBrainz is reached.
            token: the user's token, from the settings of their account.
            user: their name there; needed to ask what arrived.
        """
        self._service = service
        self._headers = {"Authorization": f"Token {token}"}
        self._user = user

    def validate(self) -> str:
        """Return the name of the account.

        Raises:
            SourceRefused: the token is not valid.
            SourceUnreachable: there was no answer.
        """
        said = self._service.get("/1/validate-token", headers=self._headers)
        if not isinstance(said, dict) or said.get("valid") is not True:
            raise SourceRefused("ListenBrainz does not know this token.")
        return str(said.get("user_name", ""))[:100]

    def submit(self, listens: Sequence[Listen]) -> Sequence[str]:
        kind = "single" if len(listens) == 1 else "import"
        body = {"listen_type": kind, "payload": [_payload(one) for one in listens]}
        reply = self._service.exchange(
            "POST", "/1/submit-listens", json=body, headers=self._headers
        )
        if reply.status == 200:
            return [""] * len(listens)
        if reply.status == 400 and len(listens) > 1:  # one of them is bad: find out which
            return [answer for one in listens for answer in self.submit([one])]
        if reply.status == 400:
            return [_words(reply.json()) or "ListenBrainz does not accept it."]
        raise SourceUnreachable(f"ListenBrainz did not take it (status {reply.status}).")

    def arrived(self, listens: Sequence[Listen]) -> Sequence[bool]:
        times = [one.at for one in listens]
        path = f"/1/user/{quote(self._user, safe='')}/listens"
        query = {"min_ts": str(min(times) - 1), "max_ts": str(max(times) + 1), "count": "1000"}
        said = self._service.get(path, query, headers=self._headers)
        payload = said.get("payload") if isinstance(said, dict) else None
        found = payload.get("listens") if isinstance(payload, dict) else None
        if not isinstance(found, list):
            raise SourceUnreachable("ListenBrainz answered something that makes no sense.")
        there = {one.get("listened_at") for one in found if isinstance(one, dict)}
        return [one.at in there for one in listens]

    def now_playing(self, listen: Listen) -> None:
        payload = _payload(listen)
        del payload["listened_at"]
        body = {"listen_type": "playing_now", "payload": [payload]}
        self._service.exchange("POST", "/1/submit-listens", json=body, headers=self._headers)


class ListenBrainzSimilar:
    """What listeners there play beside an artist or a recording. Synchronous."""

    def __init__(self, labs: WebService) -> None:
        self._labs = labs

    def artists(self, mbid: str) -> tuple[Neighbour, ...]:
        """Artists like the one with this MusicBrainz id, scores from 0 to 1.

        Raises:
            SourceUnreachable, SourceRefused: there was no usable answer.
        """
        return self._similar("/similar-artists/json", {"artist_mbids": mbid, "algorithm": _ARTISTS})

    def recordings(self, mbid: str) -> tuple[Neighbour, ...]:
        """Recordings like the one with this MusicBrainz id; otherwise as `artists`."""
        return self._similar(
            "/similar-recordings/json", {"recording_mbids": mbid, "algorithm": _RECORDINGS}
        )

    def _similar(self, path: str, query: dict[str, str]) -> tuple[Neighbour, ...]:
        said = self._labs.get(path, query, keep_s=_KEEP_S, check=_similar)
        if said is None:
            return ()
        found = _similar(said)
        best = max((one.score for one in found), default=0.0)
        return tuple(
            Neighbour(
                artist=one.artist_credit_name or one.name,
                title=one.recording_name,
                score=one.score / best,
            )
            for one in found
            if best > 0 and (one.artist_credit_name or one.name)
        )


def _similar(said: object) -> list[_Similar]:
    try:
        return _SIMILAR.validate_python(said)[:_MOST]
    except ValidationError as error:
        raise SourceUnreachable("ListenBrainz answered something that makes no sense.") from error


def _payload(listen: Listen) -> dict[str, Any]:
    further: dict[str, Any] = {"media_player": "Refrain", "submission_client": "Refrain"}
    if listen.duration_s > 0:
        further["duration_ms"] = round(listen.duration_s * 1000)
    if listen.mbid:
        further["recording_mbid"] = listen.mbid
    if listen.track_no:
        further["tracknumber"] = listen.track_no
    about: dict[str, Any] = {
        "artist_name": listen.artist[:_LONGEST],
        "track_name": listen.title[:_LONGEST],
        "additional_info": further,
    }
    if listen.album:
        about["release_name"] = listen.album[:_LONGEST]
    return {"listened_at": listen.at, "track_metadata": about}


def _words(said: Any) -> str:
    error = said.get("error") if isinstance(said, dict) else None
    return error[:200] if isinstance(error, str) else ""
