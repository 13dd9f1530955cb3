from __future__ import annotations

from typing import Protocol, Sequence

from quill.domain.model import Story


class Stories(Protocol):
    def by_author(self, author_id: int) -> Sequence[Story]: ...

    def recent(self, *, limit: int = 20, offset: int = 0) -> Sequence[Story]: ...

    def get(self, story_id: int) -> Story | None: ...


class UnitOfWork(Protocol):
    stories: Stories

    def __enter__(self) -> "UnitOfWork": ...

    def __exit__(self, *exc) -> None: ...

    def commit(self) -> None: ...
