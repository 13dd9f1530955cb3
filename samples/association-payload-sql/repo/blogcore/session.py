import os
from contextlib import contextmanager

from sqlalchemy import create_engine
from sqlalchemy.orm import sessionmaker


def make_factory(url=None):
    return sessionmaker(create_engine(url or os.environ["DATABASE_URL"], pool_size=5, max_overflow=10))


@contextmanager
def transaction(factory):
    with factory() as session, session.begin():
        yield session
