"""Configuration of services that know about music. Every key is the user's own."""

from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, SecretStr

from server.settings_secrets import secret_of

_SECTION = ConfigDict(extra="forbid", frozen=True, use_attribute_docstrings=True)
_HTTP = r"^https?://[^\s/?#]+[^\s?#]*$"


class SourcesSettings(BaseModel):
    """What is asked over the network. Nothing is, unless it is switched on."""

    model_config = _SECTION

    musicbrainz: bool = False
    """Look recordings up in MusicBrainz by their tags, and keep what the tags do not say beside
    them. Artist, title, album and length of your recordings are sent there."""
    cover_art: bool = True
    """With MusicBrainz: fetch covers for albums that have none from the Cover Art Archive."""
    lrclib: bool = False
    """Look up the words of songs in LRCLIB. Artist, title, album and length are sent there."""
    similar: bool = False
    """Let the recommender know what listeners elsewhere play beside your artists, as Last.fm and
    ListenBrainz say. Names or ids of your artists are sent there."""
    now_playing: bool = True
    """Tell connected accounts also what plays just now, not only what was played."""
    discogs: bool = False
    """Ask Discogs for label, country and styles of a release when somebody wants to know."""
    lastfm_key: SecretStr | None = None
    """Key of your own Last.fm application. Give it as REFRAIN_SOURCES__LASTFM_KEY."""
    lastfm_secret: SecretStr | None = None
    """Its shared secret, for scrobbling. Give it as REFRAIN_SOURCES__LASTFM_SECRET, or keep it in
    `lastfm_secret_file`."""
    lastfm_secret_file: Path | None = None
    """A file with the shared secret, readable by you alone (mode 0600)."""
    discogs_token: SecretStr | None = None
    """Your Discogs token, without which fewer questions are allowed. Give it as
    REFRAIN_SOURCES__DISCOGS_TOKEN, or keep it in `discogs_token_file`."""
    discogs_token_file: Path | None = None
    """A file with the token, readable by you alone (mode 0600)."""
    spotify_client_id: str = Field(default="", pattern=r"^[0-9A-Za-z]{0,64}$")
    """Client id of your own Spotify application; with it people can connect their accounts."""
    spotify_redirect_url: str = Field(
        default="http://127.0.0.1:8765/spotify/callback", pattern=_HTTP
    )
    """The address to which Spotify sends you back, as it stands in your application: this server's,
    with `/spotify/callback`."""
    timeout_s: float = Field(default=10.0, ge=0.1, le=60.0)
    """How long one answer of a service may take, seconds."""
    retries: int = Field(default=2, ge=0, le=5)
    """How often a busy service is asked again at once."""
    stations_max: int = Field(default=500, ge=0, le=10_000)
    """How many radio stations may be kept."""
    musicbrainz_url: str = Field(default="https://musicbrainz.org", pattern=_HTTP)
    """Address of MusicBrainz, or of a mirror of your own; only host and port count."""
    musicbrainz_every_s: float = Field(default=1.0, ge=0.0, le=60.0)
    """Seconds between two questions to it; less than one only for a mirror of your own."""
    cover_art_url: str = Field(default="https://coverartarchive.org", pattern=_HTTP)
    """Address of the Cover Art Archive."""
    acoustid_url: str = Field(default="https://api.acoustid.org", pattern=_HTTP)
    """Address of AcoustID; its key is `recognition.acoustid_key`."""
    lrclib_url: str = Field(default="https://lrclib.net", pattern=_HTTP)
    """Address of LRCLIB, or of an instance of your own."""
    lastfm_url: str = Field(default="https://ws.audioscrobbler.com", pattern=_HTTP)
    """Address of Last.fm's programming interface."""
    listenbrainz_url: str = Field(default="https://api.listenbrainz.org", pattern=_HTTP)
    """Address of ListenBrainz, or of an instance of your own."""
    listenbrainz_labs_url: str = Field(default="https://labs.api.listenbrainz.org", pattern=_HTTP)
    """Address of its data sets of similar artists and recordings."""
    discogs_url: str = Field(default="https://api.discogs.com", pattern=_HTTP)
    """Address of Discogs."""
    spotify_url: str = Field(default="https://api.spotify.com", pattern=_HTTP)
    """Address of Spotify's programming interface."""
    spotify_accounts_url: str = Field(default="https://accounts.spotify.com", pattern=_HTTP)
    """Address where people log in to Spotify."""


def lastfm_secret(wanted: SourcesSettings) -> SecretStr | None:
    """The shared secret of the Last.fm application, from the environment or its file.

    Raises:
        BadSettings: the file is missing, or other users can read it.
    """
    return secret_of(wanted.lastfm_secret, wanted.lastfm_secret_file, "sources.lastfm_secret")


def discogs_token(wanted: SourcesSettings) -> SecretStr | None:
    """The Discogs token; see `lastfm_secret`."""
    return secret_of(wanted.discogs_token, wanted.discogs_token_file, "sources.discogs_token")
