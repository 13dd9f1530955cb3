from sqlalchemy import select
from sqlalchemy.orm import selectinload

from base import BaseRepository
from models import Post


class PostRepository(BaseRepository[Post]):
    options = (selectinload(Post.comments),)

    def __init__(self, session):
        super().__init__(Post, session)

    def by_user(self, user_id):
        stmt = select(self.model).where(self.model.author_id == user_id).options(*self.options)
        return self.session.scalars(stmt).all()
