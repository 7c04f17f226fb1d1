"""The queues of rooms that play something else than the rest of the house.

A part of `knowledge.schema`.
"""

from sqlalchemy import JSON, Boolean, Column, Integer, String, Table, Text

from knowledge.schema_base import metadata

# As queue_states, for each room: the newest is its queue, older ones are its undo.
room_queue_states = Table(
    "room_queue_states",
    metadata,
    Column("room", Text, primary_key=True),
    Column("revision", Integer, primary_key=True, autoincrement=False),
    Column("items", JSON, nullable=False),
    Column("position", Integer),
    Column("shuffle", Boolean, nullable=False),
    Column("repeat", String(8), nullable=False),
    Column("unshuffled", JSON, nullable=False, default=list),
)
