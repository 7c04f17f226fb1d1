"""What the offline model says when no tool is involved, as messages of the catalogues."""

from agent.replies.message import Say

NO_RADIO = Say("no-radio")
NOTHING_TO_CHOOSE = Say("nothing-to-choose")
NO_OTHER = Say("no-other")
GLAD = Say("glad")
WHAT_TO_FIND = Say("what-to-find")
BY_WHOM = Say("by-whom")
WHICH_PLAYLIST = Say("which-playlist")
NAME_THE_PLAYLIST = Say("name-the-playlist")
CANNOT_SET = Say("cannot-set")
NO_NAME_YET = Say("no-name-yet")
NOT_IN_LIBRARY = Say("heard-not-in-library")
WHICH_NAME = Say("which-name")
NOTHING_DONE = Say("nothing-done")
REFUSE = Say("refuse")
ONLY_MUSIC = Say("only-music")
HELP = Say("help")
GREET = Say("greet")
WELCOME = Say("welcome")
GOODBYE = Say("goodbye")
LEAVE_IT = Say("leave-it")
DELETED_FOR_GOOD = Say(
    "deleted-for-good",
    english="A deleted playlist cannot be brought back. Make a new one if you want it again",
)


def library_size(tracks: int, albums: int, artists: int) -> Say:
    return Say("library-size", {"count": tracks, "albums": albums, "artists": artists})


def which_number(options: int) -> Say:
    if options == 2:
        return Say("first-or-second")
    return Say("which-number", {"count": options})


def no_such_number(number: int, listed: int) -> Say:
    if listed == 0:
        return NOTHING_TO_CHOOSE
    return Say("no-such-number", {"count": listed, "number": str(number)})


def refuse(_turn: int = 0) -> Say:
    return REFUSE


def only_music(_turn: int = 0) -> Say:
    return ONLY_MUSIC


def offer_help(_turn: int = 0) -> Say:
    return HELP


def greet(_turn: int = 0) -> Say:
    return GREET


def welcome(_turn: int = 0) -> Say:
    return WELCOME


def goodbye(_turn: int = 0) -> Say:
    return GOODBYE


def leave_it(_turn: int = 0) -> Say:
    return LEAVE_IT


def still_meant(title: str) -> Say:
    """Ask whether something of an old list is meant."""
    return Say(
        "still-meant", {"title": title}, english=f"Do you mean {title}, from the list before?"
    )


def delete_really(name: str) -> Say:
    """Ask before a playlist is lost."""
    return Say("delete-really", {"name": name}, english=f"Shall I delete the playlist {name}?")


def queue_left(count: int) -> Say:
    """How many songs come after the one that plays."""
    songs = "is 1 more song" if count == 1 else f"are {count} more songs"
    return Say("queue-left", {"count": count}, english=f"After this one there {songs}")
