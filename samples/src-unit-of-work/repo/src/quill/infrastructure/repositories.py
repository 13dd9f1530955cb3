from __future__ import annotations

from typing import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload, selectinload

from quill.domain.model import Author, Remark, Story
from quill.infrastructure.orm import RemarkRecord, StoryRecord

#: everything `_story()` below reads; keep the two in step
_WITH_THREAD = (
    joinedload(StoryRecord.author),
    selectinload(StoryRecord.remarks).joinedload(RemarkRecord.author),
    selectinload(StoryRecord.labels),
)


def _author(record) -> Author:
    return Author(id=record.id, handle=record.handle, display_name=record.display_name)


def _story(record: StoryRecord) -> Story:
    return Story(
        id=record.id,
        headline=record.headline,
        text=record.text,
        author=_author(record.author),
        published_at=record.published_at,
        remarks=[
            Remark(id=r.id, text=r.text, written_at=r.written_at, author=_author(r.author)) for r in record.remarks
        ],
        labels=[label.name for label in record.labels],
    )


class StoryRepository:
    """Reads aggregates: a story always comes with its author, remarks and labels."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def by_author(self, author_id: int) -> Sequence[Story]:
        """Every story of one author with all remarks, newest first."""
        stmt = (
            select(StoryRecord)
            .where(StoryRecord.author_id == author_id)
            .options(*_WITH_THREAD)
            .order_by(StoryRecord.created_at.desc(), StoryRecord.id.desc())
        )
        return [_story(record) for record in self._session.scalars(stmt)]

    def recent(self, *, limit: int = 20, offset: int = 0) -> Sequence[Story]:
        """Front page: newest stories of everybody with remarks and labels."""
        stmt = (
            select(StoryRecord)
            .options(*_WITH_THREAD)
            .order_by(StoryRecord.created_at.desc(), StoryRecord.id.desc())
            .limit(limit)
            .offset(offset)
        )
        return [_story(record) for record in self._session.scalars(stmt)]

    def get(self, story_id: int) -> Story | None:
        record = self._session.get(StoryRecord, story_id, options=_WITH_THREAD)
        return _story(record) if record else None

    def add(self, *, author_id: int, headline: str, text: str) -> int:
        record = StoryRecord(author_id=author_id, headline=headline, text=text)
        self._session.add(record)
        self._session.flush()
        return record.id
