from sqlalchemy import select

from models import Comment, Post, User


def everyone(session, name):
    return session.scalars(select(Post).where(User.username == name)).all()


def joined(session, name):
    return session.scalars(select(Post).join(User).where(User.username == name)).all()


def joined_later(session, name):
    return session.scalars(select(Post).where(User.username == name).join(Post.author)).all()


def by_condition(session, name):
    return session.scalars(select(Post).where(Post.author_id == User.id, User.username == name)).all()


def two_roots(session):
    return session.execute(select(Post, Comment)).all()


def linked_roots(session):
    return session.execute(select(Post, Comment).where(Comment.post_id == Post.id)).all()
