from sqlalchemy import create_engine, select
from sqlalchemy.orm import selectinload, sessionmaker

from models import Post

Session = sessionmaker(create_engine("sqlite://"))


class Posts:
    def __init__(self, session):
        self.session = session

    def of_user(self, user_id):
        stmt = select(Post).where(Post.author_id == user_id).options(selectinload(Post.comments))
        return self.session.scalars(stmt).all()


class UnitOfWork:
    def __enter__(self):
        self.session = Session()
        self.posts = Posts(self.session)
        return self

    def __exit__(self, *args):
        self.session.close()


def posts_by_user(uow: UnitOfWork, user_id: int):
    with uow:
        return uow.session.scalars(select(Post).where(Post.author_id == user_id)).all()
