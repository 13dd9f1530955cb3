from sqlalchemy import Column, DateTime, ForeignKey, Integer, String, func
from sqlalchemy.orm import DeclarativeBase, Mapped, declared_attr, mapped_column, relationship


class Base(DeclarativeBase):
    id: Mapped[int] = mapped_column(primary_key=True)


class Stamped:
    created_at = Column(DateTime, server_default=func.now(), nullable=False)


class Owned:
    @declared_attr
    def owner_id(cls) -> Mapped[int]:
        return mapped_column(ForeignKey("users.id", name=f"fk_{cls.__tablename__}_owner"), index=True)

    @declared_attr
    def owner(cls) -> Mapped["User"]:
        return relationship("User", back_populates=f"{cls.__name__.lower()}s")


class Named:
    @declared_attr.cascading
    def name(cls):
        return Column(String(60), nullable=False)


class User(Stamped, Named, Base):
    __tablename__ = "users"
    posts = relationship("Post", back_populates="owner")
    pictures: Mapped[list["Picture"]] = relationship(back_populates="owner")


class Post(Owned, Stamped, Base):
    __tablename__ = "posts"


class Picture(Owned, Base):
    __tablename__ = "pictures"
    created_at = None
