from __future__ import annotations

import os
from types import TracebackType

from sqlalchemy import create_engine
from sqlalchemy.orm import Session, sessionmaker

from quill.infrastructure.repositories import StoryRepository


def session_factory(dsn: str | None = None) -> sessionmaker[Session]:
    engine = create_engine(dsn or os.environ["QUILL_DSN"], pool_pre_ping=True)
    return sessionmaker(engine, expire_on_commit=False)


class SqlUnitOfWork:
    """One transaction. Rolls back unless commit() was called."""

    stories: StoryRepository

    def __init__(self, factory: sessionmaker[Session]) -> None:
        self._factory = factory

    def __enter__(self) -> SqlUnitOfWork:
        self._session = self._factory()
        self.stories = StoryRepository(self._session)
        return self

    def __exit__(
        self, exc_type: type[BaseException] | None, exc: BaseException | None, tb: TracebackType | None
    ) -> None:
        self._session.rollback()
        self._session.close()

    def commit(self) -> None:
        self._session.commit()
