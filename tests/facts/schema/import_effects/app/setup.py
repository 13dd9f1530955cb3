from app.db import Base, engine


def init():
    Base.metadata.create_all(bind=engine)
