"""Připojení k databázi."""
import os
from functools import cache

from sqlalchemy import Engine, create_engine, event
from sqlalchemy.orm import Session


def adresa() -> str:
    return os.environ.get("DATABASE_URL", "sqlite:///zapisnik.db")


@cache
def motor() -> Engine:
    m = create_engine(adresa())
    if m.dialect.name == "sqlite":
        event.listen(m, "connect", lambda spojeni, _: spojeni.execute("PRAGMA foreign_keys=ON"))
    return m


def nova_relace() -> Session:
    return Session(motor())
