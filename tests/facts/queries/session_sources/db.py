from contextlib import contextmanager

from sqlalchemy import create_engine
from sqlalchemy.orm import scoped_session, sessionmaker

engine = create_engine("sqlite://")
SessionLocal = sessionmaker(bind=engine)
session = SessionLocal()
Scoped = scoped_session(SessionLocal)


@contextmanager
def session_scope():
    opened = SessionLocal()
    try:
        yield opened
    finally:
        opened.close()


def get_db():
    opened = SessionLocal()
    try:
        yield opened
    finally:
        opened.close()
