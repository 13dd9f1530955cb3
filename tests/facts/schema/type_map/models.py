import datetime as dt
import enum
from typing import Annotated, Any, Literal, NewType

from sqlalchemy import JSON, BigInteger, DateTime, String
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, registry

str30 = Annotated[str, 30]
UserId = NewType("UserId", int)


class Status(enum.Enum):
    DRAFT = "draft"
    LIVE = "live"


class Base(DeclarativeBase):
    type_annotation_map = {
        int: BigInteger,
        dt.datetime: DateTime(timezone=True),
        str30: String(30),
        dict[str, Any]: JSON,
    }


class Other(DeclarativeBase):
    registry = registry(type_annotation_map={str: String(99)})


class Post(Base):
    __tablename__ = "posts"

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str30]
    title: Mapped[str]
    at: Mapped[dt.datetime]
    extra: Mapped[dict[str, Any]]
    status: Mapped[Status] = mapped_column(default=Status.DRAFT)
    kind: Mapped[Literal["a", "b"]]
    user: Mapped[UserId]


class Note(Other):
    __tablename__ = "notes"

    id: Mapped[int] = mapped_column(primary_key=True)
    text: Mapped[str]
