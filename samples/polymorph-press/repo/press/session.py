import os
from functools import lru_cache

from sqlalchemy import Engine, create_engine
from sqlalchemy.orm import Session


@lru_cache
def make_engine() -> Engine:
    return create_engine(os.environ["DATABASE_URL"])


def get_session():
    with Session(make_engine()) as session:
        yield session
