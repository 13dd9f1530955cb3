import sqlite3

from sqlalchemy import create_engine, text
from sqlalchemy.orm import Session, declarative_base, sessionmaker

engine = create_engine("sqlite:///blog.db", echo=True)
SessionLocal = sessionmaker(bind=engine)
Base = declarative_base()

raw = sqlite3.connect("blog.db")

with engine.connect() as connection:
    connection.execute(text("PRAGMA foreign_keys=ON"))

Session.flush = lambda self: None
