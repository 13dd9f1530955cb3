import os

from sqlalchemy import create_engine, event
from sqlalchemy.orm import sessionmaker

engine = create_engine(os.environ.get("MAGAZINE_DB", "sqlite:///magazine.db"))
Session = sessionmaker(engine)


@event.listens_for(engine, "connect")
def _foreign_keys(connection, _record):
    if engine.dialect.name == "sqlite":
        connection.execute("PRAGMA foreign_keys=ON")
