from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload, selectinload

from models import Comment, Post

DETAILS = (selectinload(Post.comments), selectinload(Post.tags))


def _of_user(user_id) -> Select:
    return select(Post).where(Post.author_id == user_id)


def _with_everything():
    return [joinedload(Post.author), selectinload(Post.comments).options(joinedload(Comment.author))]


def _run(session, stmt):
    return session.scalars(stmt).all()


def posts_by_user(session, user_id):
    return _run(session, _of_user(user_id).options(*DETAILS))


def posts_and_more(session, user_id):
    options = _with_everything()
    return _run(session, _of_user(user_id).options(*options))
