from __future__ import annotations

from datetime import UTC, date, datetime

from sqlalchemy import Column, ForeignKey, MetaData, String, Table, Text
from sqlalchemy.orm import (
    DeclarativeBase,
    Mapped,
    MappedAsDataclass,
    WriteOnlyMapped,
    mapped_column,
    relationship,
)


def utcnow() -> datetime:
    return datetime.now(UTC)


class Model(MappedAsDataclass, DeclarativeBase, kw_only=True):
    """Every model is a dataclass: typed constructor, ``__eq__`` and ``__repr__`` for free."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(column_0_label)s",
            "uq": "uq_%(table_name)s_%(column_0_name)s",
            "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        }
    )


entry_keyword = Table(
    "entry_keyword",
    Model.metadata,
    Column("entry_id", ForeignKey("entry.id", ondelete="CASCADE"), primary_key=True),
    Column("keyword_id", ForeignKey("keyword.id", ondelete="CASCADE"), primary_key=True, index=True),
)


class Account(Model):
    __tablename__ = "account"

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    login: Mapped[str] = mapped_column(String(32), unique=True)
    email: Mapped[str] = mapped_column(String(254), unique=True)
    bio: Mapped[str | None] = mapped_column(Text, default=None, repr=False)
    member_since: Mapped[date] = mapped_column(default=date.today())

    entries: WriteOnlyMapped[Entry] = relationship(
        back_populates="account",
        cascade="all, delete-orphan",
        passive_deletes=True,
        init=False,
        repr=False,
        order_by="Entry.id.desc()",
    )
    responses: WriteOnlyMapped[Response] = relationship(
        back_populates="account", cascade="all, delete-orphan", passive_deletes=True, init=False, repr=False
    )


class Entry(Model):
    __tablename__ = "entry"

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    title: Mapped[str] = mapped_column(String(140))
    text: Mapped[str] = mapped_column(Text, repr=False)
    account_id: Mapped[int] = mapped_column(
        ForeignKey("account.id", ondelete="CASCADE"), index=True, init=False, repr=False
    )
    created_at: Mapped[datetime] = mapped_column(default_factory=utcnow, init=False)

    account: Mapped[Account] = relationship(back_populates="entries", lazy="raise", repr=False)
    responses: Mapped[list[Response]] = relationship(
        back_populates="entry",
        cascade="all, delete-orphan",
        passive_deletes=True,
        order_by="Response.id",
        default_factory=list,
        repr=False,
    )
    keywords: Mapped[set[Keyword]] = relationship(
        secondary=entry_keyword, back_populates="entries", lazy="selectin", default_factory=set, repr=False
    )


class Response(Model):
    __tablename__ = "response"

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    text: Mapped[str] = mapped_column(Text)
    entry_id: Mapped[int] = mapped_column(
        ForeignKey("entry.id", ondelete="CASCADE"), index=True, init=False, repr=False
    )
    account_id: Mapped[int] = mapped_column(
        ForeignKey("account.id", ondelete="CASCADE"), index=True, init=False, repr=False
    )
    created_at: Mapped[datetime] = mapped_column(default_factory=utcnow, init=False)
    edited_at: Mapped[datetime | None] = mapped_column(default=None, onupdate=utcnow, init=False)

    account: Mapped[Account] = relationship(back_populates="responses", lazy="raise", repr=False)
    entry: Mapped[Entry] = relationship(back_populates="responses", lazy="raise", default=None, repr=False)


class Keyword(Model, unsafe_hash=True):
    __tablename__ = "keyword"

    id: Mapped[int] = mapped_column(primary_key=True, init=False, hash=False, compare=False)
    word: Mapped[str] = mapped_column(String(30), unique=True)

    entries: Mapped[list[Entry]] = relationship(
        secondary=entry_keyword,
        back_populates="keywords",
        lazy="raise",
        default_factory=list,
        repr=False,
        hash=False,
        compare=False,
    )
