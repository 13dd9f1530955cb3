from __future__ import annotations

import enum
from datetime import datetime, timezone
from typing import Annotated, Optional

from sqlalchemy import BigInteger, CheckConstraint, Enum, ForeignKey, Identity, Index, String, Text, UniqueConstraint, func
from sqlalchemy.dialects.postgresql import JSONB, TIMESTAMP
from sqlalchemy.orm import DeclarativeBase, Mapped, MappedAsDataclass, mapped_column, relationship

bigint_pk = Annotated[int, mapped_column(BigInteger, Identity(), primary_key=True)]
timestamp = Annotated[datetime, mapped_column(TIMESTAMP(timezone=True), server_default=func.now(), nullable=False)]
account_fk = Annotated[int, mapped_column(ForeignKey("account.id", ondelete="RESTRICT"), index=True)]


class Base(MappedAsDataclass, DeclarativeBase):
    pass


class Status(enum.Enum):
    DRAFT = "draft"
    LIVE = "live"


class Account(Base):
    __tablename__ = "account"
    __table_args__ = (Index("uq_account_email_lower", func.lower("email"), unique=True),)

    id: Mapped[bigint_pk] = mapped_column(init=False)
    email: Mapped[str] = mapped_column(String(320), unique=True)
    password_digest: Mapped[str] = mapped_column(String(100), repr=False)
    created_at: Mapped[timestamp] = mapped_column(init=False)
    entries: Mapped[list[Entry]] = relationship(back_populates="author", default_factory=list, passive_deletes="all")


class Entry(Base):
    __tablename__ = "entry"

    id: Mapped[bigint_pk] = mapped_column(init=False)
    author_id: Mapped[account_fk] = mapped_column(init=False)
    title: Mapped[str] = mapped_column(String(300))
    content: Mapped[str] = mapped_column(Text)
    author: Mapped[Account] = relationship(back_populates="entries")
    status: Mapped[Status] = mapped_column(Enum(Status, name="entry_status"), default=Status.DRAFT)
    extra: Mapped[Optional[dict]] = mapped_column(JSONB, default=None)
    created_at: Mapped[timestamp] = mapped_column(init=False)
    feedback: Mapped[list[Feedback]] = relationship(back_populates="entry", cascade="all, delete-orphan", passive_deletes=True, default_factory=list)
    labels: Mapped[set[Label]] = relationship(secondary=lambda: EntryLabel.__table__, back_populates="entries", default_factory=set)


class Feedback(Base):
    __tablename__ = "feedback"

    id: Mapped[bigint_pk] = mapped_column(init=False)
    entry_id: Mapped[int] = mapped_column(ForeignKey("entry.id", ondelete="CASCADE"), index=True, init=False)
    author_id: Mapped[account_fk] = mapped_column(init=False)
    message: Mapped[str] = mapped_column(Text)
    entry: Mapped[Entry] = relationship(back_populates="feedback")
    author: Mapped[Account] = relationship()
    created_at: Mapped[timestamp] = mapped_column(init=False)


class Label(Base):
    __tablename__ = "label"
    __table_args__ = (UniqueConstraint("name"),)

    id: Mapped[bigint_pk] = mapped_column(init=False)
    name: Mapped[str] = mapped_column(String(60))
    entries: Mapped[set[Entry]] = relationship(secondary=lambda: EntryLabel.__table__, back_populates="labels", default_factory=set)


class EntryLabel(Base):
    __tablename__ = "entry_label"

    entry_id: Mapped[int] = mapped_column(ForeignKey("entry.id", ondelete="CASCADE"), primary_key=True)
    label_id: Mapped[int] = mapped_column(ForeignKey("label.id", ondelete="CASCADE"), primary_key=True)
