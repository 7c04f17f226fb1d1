"""What a request wants: our intents, and the labels that public data sets use for them."""

from enum import StrEnum


class Intent(StrEnum):
    """What is asked for. Finer than the public labels where acting on it needs more."""

    PLAY = "play"
    PLAY_RADIO = "play_radio"
    PLAY_LIKED = "play_liked"
    PLAY_OTHER_MEDIA = "play_other_media"
    """A podcast, an audiobook, a game, a film: named, but not ours."""
    PLAY_AGAIN = "play_again"
    """Something heard before: "play it again", "play what I heard last night"."""

    PAUSE = "pause"
    RESUME = "resume"
    STOP = "stop"
    NEXT = "next"
    PREVIOUS = "previous"
    SEEK = "seek"
    SHUFFLE = "shuffle"
    REPEAT = "repeat"
    PLAY_SETTING = "play_setting"

    VOLUME_SET = "volume_set"
    VOLUME_UP = "volume_up"
    VOLUME_DOWN = "volume_down"
    VOLUME_MUTE = "volume_mute"
    VOLUME_UNMUTE = "volume_unmute"

    WHAT_IS_PLAYING = "what_is_playing"
    TRACK_FACT = "track_fact"
    """Something of a recording; the slot `fact` is "lyrics", "line", "released" or "label"."""
    IDENTIFY_AUDIO = "identify_audio"
    """Name the recording that sounds around the user; the slot `moment` says "just_now" or
    "before_break"."""
    EXPLAIN_RECOGNITION = "explain_recognition"
    """"Why do you think so?", about what was recognised."""
    NAME_TUNE = "name_tune"
    """What an unknown tune is called."""
    LISTEN = "listen"
    """Keep the last minutes of sound from now on."""
    STOP_LISTENING = "stop_listening"
    FORGET_HEARD = "forget_heard"
    HISTORY_QUERY = "history_query"

    SEARCH = "search"
    RECOMMEND = "recommend"
    SIMILAR_TO = "similar_to"
    MORE_LIKE = "more_like"
    """More by the same artist: "something else by her"."""
    SEARCH_OTHER_MEDIA = "search_other_media"

    ADD_TO_PLAYLIST = "add_to_playlist"
    REMOVE_FROM_PLAYLIST = "remove_from_playlist"
    CREATE_PLAYLIST = "create_playlist"
    DELETE_PLAYLIST = "delete_playlist"
    RENAME_PLAYLIST = "rename_playlist"
    SHOW_PLAYLISTS = "show_playlists"
    """All playlists; with the slot `playlist`, what is in that one."""
    LIKE = "like"
    DISLIKE = "dislike"

    WANT_MORE = "want_more"
    """More of an artist, a genre, a mood or a theme from now on; the slot `about` names it."""
    WANT_LESS = "want_less"
    WANT_NEVER = "want_never"
    """Never again: "I never want Christmas songs"."""
    FORGET_TASTE = "forget_taste"
    """Take back what was learned: "forget that I don't like country"."""
    SHOW_TASTE = "show_taste"
    RESET_TASTE = "reset_taste"
    EXPLAIN_CHOICE = "explain_choice"
    """"Why this song?", about what was chosen."""

    QUEUE = "queue"
    """Put into the queue; the slot `position` says "next" or "end"."""
    QUEUE_SHOW = "queue_show"
    QUEUE_CLEAR = "queue_clear"
    QUEUE_REMOVE = "queue_remove"
    UNDO = "undo"

    SLEEP_TIMER = "sleep_timer"
    """Stop by itself: "stop in half an hour", "stop after this song"."""
    ALARM_SET = "alarm_set"
    """Music at a time: "wake me at seven with jazz", "play this at eight"."""
    ALARM_SHOW = "alarm_show"
    """Which timers and alarms are set."""
    ALARM_CANCEL = "alarm_cancel"

    MOVE_MUSIC = "move_music"
    """Let it go on elsewhere: "move it to the kitchen"; the slot `room` names the place."""
    SHOW_ROOMS = "show_rooms"
    """Which speakers there are, and what plays on them."""

    SELECT_RESULT = "select_result"
    """One or more of the numbered results: "the second one", "both"."""
    REJECT_RESULT = "reject_result"
    """Another of the results instead of the one chosen: "no, the other one"."""
    REJECT_ALL = "reject_all"
    """None of the results."""
    CONFIRM = "confirm"
    DENY = "deny"
    CANCEL = "cancel"

    SPEAKER = "speaker"
    """Who is talking: "this is Anna"; the slot `person` names them."""
    VERBOSITY = "verbosity"
    """How much is said; the slot `amount` is "less", "more" or "normal"."""
    SAY_AGAIN = "say_again"
    """What the assistant said last, once more."""
    SMALL_TALK = "small_talk"
    """"Who are you?", "how are you?", "tell me a joke"."""
    HELP = "help"
    GREETING = "greeting"
    THANKS = "thanks"
    OUT_OF_SCOPE = "out_of_scope"

    @property
    def public(self) -> str:
        """The label of the public schema; ours are a superset of it."""
        return _PUBLIC.get(self, str(self.value))

    @property
    def is_music(self) -> bool:
        """Whether this claims the request for music."""
        return self.public not in NOT_MUSIC


NOT_MUSIC = frozenset({"out_of_scope", "play_other_media", "search_other_media"})
"""Public labels that do not claim a request for music."""

_PUBLIC = {
    Intent.PLAY_AGAIN: "play",
    Intent.SEEK: "play_setting",
    Intent.MORE_LIKE: "similar_to",
    Intent.REMOVE_FROM_PLAYLIST: "add_to_playlist",
    Intent.DELETE_PLAYLIST: "create_playlist",
    Intent.RENAME_PLAYLIST: "create_playlist",
    Intent.SHOW_PLAYLISTS: "search",
    Intent.WANT_MORE: "like",
    Intent.WANT_LESS: "dislike",
    Intent.WANT_NEVER: "dislike",
    Intent.FORGET_TASTE: "like",
    Intent.SHOW_TASTE: "search",
    Intent.RESET_TASTE: "like",
    Intent.EXPLAIN_CHOICE: "what_is_playing",
    Intent.TRACK_FACT: "what_is_playing",
    Intent.QUEUE_SHOW: "queue",
    Intent.QUEUE_CLEAR: "queue",
    Intent.QUEUE_REMOVE: "queue",
    Intent.UNDO: "queue",
    Intent.SELECT_RESULT: "play",
    Intent.REJECT_RESULT: "play",
    Intent.EXPLAIN_RECOGNITION: "identify_audio",
    Intent.NAME_TUNE: "identify_audio",
    Intent.LISTEN: "identify_audio",
    Intent.STOP_LISTENING: "identify_audio",
    Intent.FORGET_HEARD: "history_query",
    Intent.SLEEP_TIMER: "play_setting",
    Intent.ALARM_SET: "out_of_scope",
    Intent.ALARM_SHOW: "out_of_scope",
    Intent.ALARM_CANCEL: "out_of_scope",
    Intent.MOVE_MUSIC: "play_setting",
    Intent.SHOW_ROOMS: "out_of_scope",
    Intent.SPEAKER: "out_of_scope",
    Intent.VERBOSITY: "out_of_scope",
    Intent.SMALL_TALK: "out_of_scope",
    Intent.SAY_AGAIN: "out_of_scope",
    Intent.REJECT_ALL: "out_of_scope",
    Intent.CONFIRM: "out_of_scope",
    Intent.DENY: "out_of_scope",
    Intent.CANCEL: "out_of_scope",
    Intent.HELP: "out_of_scope",
    Intent.GREETING: "out_of_scope",
    Intent.THANKS: "out_of_scope",
}
