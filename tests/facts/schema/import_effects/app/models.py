from sqlalchemy import Column, Integer

from app.db import Base, SessionLocal, engine
from app.setup import init


class User(Base):
    __tablename__ = "users"
    id = Column(Integer, primary_key=True)


def seed():
    session = SessionLocal()
    session.add(User())
    session.commit()


init()
session = SessionLocal()
session.add(User())
session.commit()
print("models loaded")
open("log.txt", "w").write("x")
open("config.txt").read()

if __name__ == "__main__":
    Base.metadata.drop_all(engine)
    seed()
