from sqlalchemy import select
from sqlalchemy.orm import joinedload

from models import Post

STATEMENT_OPTIONS = [joinedload(Post.comments)]


def missing(session):
    return session.scalars(select(Post).options(joinedload(Post.comments))).all()


def on_result(session):
    return session.execute(select(Post).options(joinedload(Post.comments))).unique().scalars().all()


def on_scalars(session):
    result = session.execute(select(Post).options(*STATEMENT_OPTIONS))
    posts = result.scalars()
    posts = posts.unique()
    return [post for post in posts]


def first_needs_none(session):
    return session.scalars(select(Post).options(joinedload(Post.comments))).first()


def handed_out(session):
    return session.scalars(select(Post).options(joinedload(Post.comments)))


def iterated(session):
    for post in session.scalars(select(Post).options(joinedload(Post.comments))):
        print(post.title)
