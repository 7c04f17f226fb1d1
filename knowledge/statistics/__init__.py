"""What was listened to, in numbers: hours, streaks, favourites, moods by time of day."""

from knowledge.statistics.models import (
    Day,
    Favourite,
    Favourites,
    Mood,
    MoodsOfHours,
    Statistics,
    Streak,
    Totals,
)
from knowledge.statistics.reader import ListeningStatistics

__all__ = [
    "Day",
    "Favourite",
    "Favourites",
    "ListeningStatistics",
    "Mood",
    "MoodsOfHours",
    "Statistics",
    "Streak",
    "Totals",
]
