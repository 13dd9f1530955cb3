from sqlalchemy import orm, select
from sqlalchemy.orm import Load, defaultload, immediateload, lazyload, load_only, noload, raiseload, selectinload

from models import Comment, Post, User

eager = orm.selectinload


def chained(session):
    return session.scalars(select(User).options(defaultload(User.posts).selectinload(Post.comments))).all()


def from_load(session):
    return session.scalars(select(Post).options(Load(Post).selectinload(Post.comments).load_only(Comment.body))).all()


def wildcard(session):
    return session.scalars(select(Post).options(selectinload("*"))).all()


def guarded(session):
    return session.scalars(select(Post).options(eager(Post.comments), raiseload("*"), load_only(Post.title))).all()


def other_strategies(session):
    return session.scalars(select(Post).options(lazyload(Post.comments), noload(Post.tags), immediateload(Post.author))).all()


def narrowed(session):
    return session.scalars(select(Post).options(selectinload(Post.comments.and_(Comment.body != "")))).all()
