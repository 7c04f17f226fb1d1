"""Calls about the server and the person: ping, extensions, user, folders."""

from server.auth.identity import Permission
from server.integrations.subsonic.call import Call, Content, method
from server.integrations.subsonic.errors import Code, SubsonicError

EXTENSIONS = {
    "apiKeyAuthentication": [1],
    "formPost": [1],
    "songLyrics": [1],
    "transcodeOffset": [1],
}


@method("ping")
def ping(_call: Call) -> Content:
    return {}


@method("getLicense")
def license_of(_call: Call) -> Content:
    """There is none to buy: always valid."""
    return {"license": {"valid": True}}


def extensions() -> Content:
    """`getOpenSubsonicExtensions`; answered to everybody, logged in or not."""
    listed = [{"name": name, "versions": versions} for name, versions in EXTENSIONS.items()]
    return {"openSubsonicExtensions": listed}


@method("tokenInfo")
def token_info(call: Call) -> Content:
    return {"tokenInfo": {"username": user_name(call)}}


@method("getMusicFolders")
def music_folders(_call: Call) -> Content:
    return {"musicFolders": {"musicFolder": [{"id": 1, "name": "Music"}]}}


@method("getScanStatus", "startScan")
def scan_status(call: Call) -> Content:
    """Folders are watched all the time: there is nothing to start."""
    count = call.services.catalog.summary().tracks
    return {"scanStatus": {"scanning": False, "count": count}}


@method("getUser")
def user(call: Call) -> Content:
    if call.parameters.required("username").casefold() != user_name(call).casefold():
        raise SubsonicError(Code.NOT_ALLOWED, "Only what concerns yourself is told.")
    return {"user": _user(call)}


@method("getUsers")
def users(call: Call) -> Content:
    return {"users": {"user": [_user(call)]}}


def user_name(call: Call) -> str:
    """What the person is called; the household has a name here, since apps want one."""
    return call.identity.name or "household"


def _user(call: Call) -> Content:
    may = call.identity.may
    return {
        "username": user_name(call),
        "scrobblingEnabled": True,
        "adminRole": may(Permission.ADMIN),
        "settingsRole": False,
        "downloadRole": may(Permission.LISTEN),
        "uploadRole": False,
        "playlistRole": may(Permission.LIBRARY),
        "coverArtRole": False,
        "commentRole": may(Permission.LIBRARY),
        "podcastRole": False,
        "streamRole": may(Permission.LISTEN),
        "jukeboxRole": False,
        "shareRole": False,
        "videoConversionRole": False,
        "folder": [1],
    }


@method("getInternetRadioStations")
def internet_radio_stations(call: Call) -> Content:
    """The stations that are kept here; an app opens their streams itself."""
    listed = [
        {
            "id": f"st-{one.id}",
            "name": one.name,
            "streamUrl": one.url,
            "homepageUrl": one.homepage or None,
        }
        for one in call.services.stations.all()
    ]
    return {"internetRadioStations": {"internetRadioStation": listed}}
