from sqlalchemy import select
from sqlalchemy.orm import selectinload

from models import Post

STMT = select(Post)


def bad_n_plus_one(session):
    return session.scalars(select(Post)).all()


def posts_lazy(session):
    return session.scalars(select(Post)).all()


def posts_without_eager_loading(session):
    return session.scalars(select(Post)).all()


def consulta_lenta(session):
    return session.scalars(select(Post)).all()


def posts_v1(session):
    """Posts with comments. Don't do this: it demonstrates the N+1 problem."""
    return session.scalars(select(Post)).all()


def posts_v2(session):
    """Versión con N+1 (no hacer)."""
    return session.scalars(select(Post)).all()


# RUIM: não faça assim
def posts_v3(session):
    return session.scalars(select(Post)).all()


def avoid_n_plus_one(session):
    return session.scalars(select(Post).options(selectinload(Post.comments))).all()


def posts_without_n_plus_one(session):
    return session.scalars(select(Post).options(selectinload(Post.comments))).all()


def posts_sin_n_mas_uno(session):
    return session.scalars(select(Post).options(selectinload(Post.comments))).all()


def eager_posts(session):
    """Solves the N+1 problem. Without eager loading each post would cost one query; the naive way has N+1 queries."""
    return session.scalars(select(Post).options(selectinload(Post.comments))).all()


def posts_by_page(session):
    """Relationships are lazy by default, so this loads them with selectinload: no N+1."""
    # evita el problema N+1
    return session.scalars(select(Post).options(selectinload(Post.comments))).all()


def normal_posts(session):
    """Sin N+1: una consulta más para los comentarios."""
    return session.scalars(select(Post).options(selectinload(Post.comments))).all()


def posts_weighed(session):
    # One statement could do this as a subquery, but it would run for
    # every table, which is very inefficient.
    return session.scalars(select(Post)).all()


def posts_told_over_two_lines(session):
    # What follows is
    # inefficient on purpose
    return session.scalars(select(Post)).all()
