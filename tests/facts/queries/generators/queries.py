from sqlalchemy import select
from sqlalchemy.orm import selectinload

from models import Post


def posts(session):
    for post in session.scalars(select(Post).options(selectinload(Post.comments))):
        yield post


def dicts(session):
    for post in posts(session):
        yield {"title": post.title, "comments": [comment.body for comment in post.comments]}
