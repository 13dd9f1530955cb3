import os

from sqlalchemy import create_engine
from sqlalchemy.orm import DeclarativeBase, scoped_session, sessionmaker

engine = create_engine(os.environ.get("DATABASE_URL", "sqlite:///quill.db"))
db_session = scoped_session(sessionmaker(bind=engine, autoflush=False))


class Base(DeclarativeBase):
    """Declarative base."""
