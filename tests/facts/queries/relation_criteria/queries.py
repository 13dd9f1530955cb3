from sqlalchemy import exists, or_, select
from sqlalchemy.orm import with_parent

from models import Comment, Post, Tag, User


def by_parent(session, user: User):
    return session.scalars(select(Post).where(with_parent(user, User.posts))).all()


def by_object(session, user: User):
    return session.scalars(select(Post).where(Post.author == user)).all()


def by_has(session, name):
    return session.scalars(select(Post).where(Post.author.has(User.username == name))).all()


def by_any(session, tag):
    return session.scalars(select(Post).where(Post.tags.any(name=tag))).all()


def by_subquery(session, name):
    ids = select(User.id).where(User.username == name)
    return session.scalars(select(Post).where(Post.author_id.in_(ids))).all()


def by_either(session, user_id, text):
    return session.scalars(
        select(Post).where((Post.author_id == user_id) & or_(Post.title.contains(text), Post.body.contains(text)))
    ).all()


def commented(session):
    return session.scalars(select(Post).where(exists().where(Comment.post_id == Post.id))).all()
