from sqlalchemy import Column, ForeignKey, Integer, MetaData, String, Table
from sqlalchemy.orm import DeclarativeBase

SCHEMA = "blog"


class Base(DeclarativeBase):
    metadata = MetaData(schema=SCHEMA)


countries = Table("countries", Base.metadata, Column("code", String(2), primary_key=True))


class User(Base):
    __tablename__ = "users"
    id = Column(Integer, primary_key=True)
    country = Column(ForeignKey(countries.c.code))
    previous = Column(ForeignKey(countries.c["code"]))


class Post(Base):
    __tablename__ = "posts"
    id = Column("post_id", Integer, primary_key=True)
    by_name = Column(Integer, ForeignKey("users.id"))
    by_schema = Column(Integer, ForeignKey(f"{SCHEMA}.users.id"))
    by_class = Column(ForeignKey(User.id, ondelete="SET NULL", onupdate="cascade"))
    by_table = Column(ForeignKey(User.__table__.c.id))
    by_tablename = Column(ForeignKey(f"{User.__tablename__}.id"))
    by_lambda = Column(Integer, ForeignKey(lambda: User.id))
    by_column = Column(Integer, ForeignKey(id))
    cyclic = Column(Integer, ForeignKey("users.id", use_alter=True, name="fk_cyclic", deferrable=True))
    nowhere = Column(Integer, ForeignKey("nothing.id"))
    computed = Column(Integer, ForeignKey(target_of("x")))
    not_a_key = Column(Integer)
