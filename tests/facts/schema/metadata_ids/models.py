from sqlalchemy import Column, ForeignKey, Integer, MetaData, Table
from sqlalchemy.orm import DeclarativeBase, declarative_base, registry

CONVENTION = {"pk": "pk_%(table_name)s"}
shared = MetaData(naming_convention=CONVENTION)
First = declarative_base(metadata=shared)


class Second(DeclarativeBase):
    metadata = shared


class Third(DeclarativeBase):
    pass


Fourth = declarative_base()
Fourth.metadata = MetaData(naming_convention=CONVENTION)
reg = registry()


class Fifth(DeclarativeBase):
    registry = reg


class Late(DeclarativeBase):
    pass


Late.metadata.naming_convention = CONVENTION


class A(First):
    __tablename__ = "a"
    id = Column(Integer, primary_key=True)


class B(Second):
    __tablename__ = "b"
    id = Column(ForeignKey("a.id"), primary_key=True)


class C(Third):
    __tablename__ = "c"
    id = Column(Integer, primary_key=True)


class D(Fourth):
    __tablename__ = "d"
    id = Column(Integer, primary_key=True)


class E(Fifth):
    __tablename__ = "e"
    id = Column(Integer, primary_key=True)


class F(Late):
    __tablename__ = "f"
    id = Column(Integer, primary_key=True)
