"""Read access. Everything is fetched in a single round trip."""
from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session, contains_eager, joinedload

from stories.models import Response, Story, Writer


class StoryRepository:
    """Single-statement reads."""

    def __init__(self, session: Session) -> None:
        self.session = session

    def by_writer(self, handle: str, limit: int = 20) -> Sequence[Story]:
        """Stories of a writer with their responses, newest first."""
        return (
            self.session.scalars(
                select(Story)
                .join(Story.writer)
                .outerjoin(Story.responses)
                .options(contains_eager(Story.writer), contains_eager(Story.responses))
                .where(Writer.handle == handle)
                .order_by(Story.created_at.desc(), Story.id.desc(), Response.id)
                .limit(limit)
            )
            .unique()
            .all()
        )

    def front_page(self, limit: int = 20) -> Sequence[Story]:
        """Newest stories with writer and responses; one statement, no N+1."""
        return (
            self.session.scalars(
                select(Story)
                .outerjoin(Story.responses)
                .options(joinedload(Story.writer), contains_eager(Story.responses))
                .order_by(Story.created_at.desc(), Story.id.desc(), Response.id)
                .limit(limit)
            )
            .unique()
            .all()
        )
