from sqlalchemy import select

from models import Post


def headlines(session):
    return [post.headline for post in session.scalars(select(Post))]


def bylines(session):
    return [post.byline for post in session.scalars(select(Post))]
