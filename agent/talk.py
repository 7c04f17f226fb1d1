"""What the offline model says when no tool is involved."""

from agent.phrases import count, sentence, vary

NO_RADIO = "I have no radio stations, only your own library. Name a genre or an artist instead?"
NOTHING_TO_CHOOSE = "There is no list to choose from yet. Ask for some music first."
NO_OTHER = "I have no other one to offer. Tell me more about what you want."
GLAD = "All right."
WHAT_TO_FIND = "What should I look for? Name a song, an artist, an album or a mood."
BY_WHOM = "By whom? Name an artist, or play something first."
WHICH_PLAYLIST = "Which playlist do you mean?"
NAME_THE_PLAYLIST = "What should the playlist be called?"
CANNOT_SET = (
    "I cannot change that setting. I can set volume, shuffle, repeat and the place in a song."
)
NO_NAME_YET = (
    "I could not name what I heard, so there is nothing of it that I could use. "
    'If you know it, say "it was", and the title.'
)
NOT_IN_LIBRARY = "What I heard is not in your library, so I cannot play it."
WHICH_NAME = 'What is it called? Say "it was", and the title.'
_CAN = "play, find, queue and recommend music, keep playlists, and recall what you heard"


def refuse(turn: int) -> str:
    return vary(
        turn,
        f"That is outside what I can do. I can {_CAN}.",
        f"Sorry, I only know about your music. I can {_CAN}.",
    )


def only_music(turn: int) -> str:
    return vary(
        turn,
        "I only have your music library: no podcasts, audiobooks, films or games.",
        "That is not in a music library, and music is all I have here.",
    )


def offer_help(_turn: int) -> str:
    return (
        'Try "play something calm", "something mellow for studying", "like this but slower", "why '
        'this song?", "play Take Five", "what is this?", "add this to my evening playlist", "what '
        'did I play yesterday?" or "undo".'
    )


def greet(turn: int) -> str:
    return vary(turn, "Hello! What would you like to hear?", "Hi! Shall I put something on?")


def welcome(turn: int) -> str:
    return vary(turn, "You're welcome.", "With pleasure.", "Any time.")


def goodbye(_turn: int) -> str:
    return "Goodbye. Say the word when you want music."


def library_size(tracks: int, albums: int, artists: int) -> str:
    return sentence(
        f"Your library has {count(tracks, 'track')} by {count(artists, 'artist')} "
        f"on {count(albums, 'album')}"
    )


def leave_it(turn: int) -> str:
    return vary(turn, "All right, I leave it.", "Okay. Tell me when you want something else.")


def which_number(options: int) -> str:
    return "The first or the second?" if options == 2 else f"Which one: 1 to {options}?"


def no_such_number(number: int, listed: int) -> str:
    if listed == 0:
        return NOTHING_TO_CHOOSE
    return f"The list has only {listed} entr{'y' if listed == 1 else 'ies'}, no number {number}."
