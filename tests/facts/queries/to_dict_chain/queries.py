from sqlalchemy import select
from sqlalchemy.orm import selectinload

from models import Post


def posts_by_user(session, user_id):
    posts = session.scalars(select(Post).where(Post.author_id == user_id).options(selectinload(Post.comments))).all()
    return [post.to_dict() for post in posts]


def serialize(post):
    return {"title": post.title, "tags": [tag.name for tag in post.tags]}


def tagged(session):
    return list(map(serialize, session.scalars(select(Post)).all()))
