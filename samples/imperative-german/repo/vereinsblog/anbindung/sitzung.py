import os

from sqlalchemy import create_engine
from sqlalchemy.orm import sessionmaker


def sitzungsfabrik(url: str | None = None) -> sessionmaker:
    return sessionmaker(create_engine(url or os.environ["DATENBANK_URL"]))
