from sqlalchemy import Column, Integer, create_engine
from sqlalchemy.ext.automap import automap_base

Base = automap_base()


class User(Base):
    __tablename__ = "users"
    id = Column(Integer, primary_key=True)


engine = create_engine("sqlite:///old.db")
Base.prepare(autoload_with=engine)
Post = Base.classes.posts
