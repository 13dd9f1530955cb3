import os

from sqlalchemy import create_engine, event
from sqlalchemy.orm import sessionmaker

engine = create_engine(os.getenv("DATABASE_URL", "sqlite:///stories.db"))
SessionLocal = sessionmaker(engine, expire_on_commit=False)


@event.listens_for(engine, "connect")
def enforce_foreign_keys(connection, _record):
    if engine.dialect.name == "sqlite":
        connection.execute("PRAGMA foreign_keys=ON")
