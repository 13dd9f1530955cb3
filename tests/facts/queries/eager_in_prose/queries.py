"""All queries use selectinload(Post.comments), never lazy loading.

    select(Post).options(selectinload(Post.comments))
"""
from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from models import Comment, Post

LOADING = "selectinload(Post.comments).joinedload(Comment.author)"


def _base(user_id):
    # selectinload(Post.comments) keeps this at two statements
    return select(Post).where(Post.author_id == user_id)


def posts_by_user(session, user_id):
    """Uses options(selectinload(Post.comments)): two statements."""
    def with_eager_loading(stmt):
        return stmt.options(selectinload(Post.comments))

    stmt = _base(user_id)  # .options(selectinload(Post.comments))
    _base(user_id).options(selectinload(Post.comments))
    return [{"title": post.title, "comments": [c.body for c in post.comments]} for post in session.scalars(stmt)]


def after_return(session, user_id):
    return session.scalars(_base(user_id)).all()
    return session.scalars(_base(user_id).options(selectinload(Post.comments))).all()


def never(session, user_id):
    stmt = _base(user_id)
    if False:
        stmt = stmt.options(joinedload(Post.comments))
    return session.scalars(stmt).all()


def _reference(session, user_id):
    raise NotImplementedError("see posts_by_user")
    return session.scalars(_base(user_id).options(selectinload(Post.comments))).all()
