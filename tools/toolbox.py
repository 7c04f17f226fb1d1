"""All tools of the agent: few and orthogonal, so that a model seldom has to choose between two."""

from typing import Any

from tools.history import RECALL_HISTORY
from tools.playback import CONTROL_PLAYBACK, NOW_PLAYING, PLAY_MUSIC
from tools.playlists import MANAGE_PLAYLISTS
from tools.preferences import RATE_TRACK
from tools.queue import EDIT_QUEUE
from tools.recognize import RECOGNIZE
from tools.recommend import RECOMMEND_MUSIC
from tools.search import SEARCH_MUSIC
from tools.timers import SET_TIMER
from tools.tool import Tool

TOOLBOX: tuple[Tool[Any], ...] = (
    SEARCH_MUSIC,
    PLAY_MUSIC,
    RECOMMEND_MUSIC,
    CONTROL_PLAYBACK,
    EDIT_QUEUE,
    NOW_PLAYING,
    RATE_TRACK,
    MANAGE_PLAYLISTS,
    RECALL_HISTORY,
    RECOGNIZE,
    SET_TIMER,
)
