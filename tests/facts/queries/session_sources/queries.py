from fastapi import Depends
from sqlalchemy import select
from sqlalchemy.orm import Session

from db import Scoped, SessionLocal, engine, get_db, session, session_scope
from models import Post


def injected(db: Session):
    return db.scalars(select(Post)).all()


def with_session():
    with Session(engine) as opened:
        return opened.scalars(select(Post)).all()


def with_factory():
    with SessionLocal() as opened:
        return opened.scalars(select(Post)).all()


def with_scope():
    with session_scope() as opened:
        return opened.scalars(select(Post)).all()


def global_session():
    return session.scalars(select(Post)).all()


def scoped():
    return Scoped.query(Post).all()


def left_open():
    opened = SessionLocal()
    return opened.scalars(select(Post)).all()


def closed():
    opened = SessionLocal()
    try:
        return opened.scalars(select(Post)).all()
    finally:
        opened.close()


def dependency(db: Session = Depends(get_db)):
    return db.scalars(select(Post)).all()


def through_connection():
    with engine.connect() as connection:
        return connection.execute(select(Post.title)).all()
