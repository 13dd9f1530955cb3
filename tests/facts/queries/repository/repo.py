from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from models import Post


class PostRepository:
    def __init__(self, session: Session):
        self._session = session

    def _base(self):
        return select(Post).options(selectinload(Post.comments))

    def by_author(self, author_id: int) -> list[Post]:
        return self._all(self._base().where(Post.author_id == author_id))

    def _all(self, stmt):
        return list(self._session.scalars(stmt))

    @classmethod
    def recent(cls, session):
        return session.scalars(select(Post).order_by(Post.created_at).limit(5)).all()


def report(session: Session):
    repository = PostRepository(session)
    return [post.title for post in repository.by_author(1)]
