"""What all tables of the library belong to."""

from sqlalchemy import MetaData

metadata = MetaData()
