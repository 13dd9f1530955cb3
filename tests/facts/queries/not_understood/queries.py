from acme_dbkit import fetch_all, with_loading
from sqlalchemy import select

from models import Post


def handed_over(session, user_id):
    return fetch_all(session, select(Post).where(Post.author_id == user_id))


def elsewhere(session, user_id):
    return fetch_all(session, user_id)


def strange_option(session):
    return session.scalars(select(Post).options(with_loading("comments"))).all()


def strange_condition(session, spec):
    return session.scalars(select(Post).where(spec.to_expression())).all()


def any_model(session, model):
    return session.scalars(select(model)).all()
