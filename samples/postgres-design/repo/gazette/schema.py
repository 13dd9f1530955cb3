"""Declarative models, schema ``gazette``."""
import enum
import uuid
from datetime import datetime
from typing import Any, Optional

from sqlalchemy import (
    DDL,
    Column,
    Computed,
    DateTime,
    Enum,
    ForeignKey,
    Index,
    MetaData,
    String,
    Table,
    Text,
    Uuid,
    event,
    func,
    text,
)
from sqlalchemy.dialects.postgresql import CITEXT, JSONB, TSVECTOR
from sqlalchemy.orm import DeclarativeBase, Mapped, declared_attr, mapped_column, relationship

SCHEMA = "gazette"


class Base(DeclarativeBase):
    metadata = MetaData(
        schema=SCHEMA,
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s",
            "pk": "pk_%(table_name)s",
        },
    )
    type_annotation_map = {dict[str, Any]: JSONB, datetime: DateTime(timezone=True)}


# for tests, which use create_all(); the migration does the same
event.listen(Base.metadata, "before_create", DDL(f"CREATE SCHEMA IF NOT EXISTS {SCHEMA}"))
event.listen(Base.metadata, "before_create", DDL("CREATE EXTENSION IF NOT EXISTS citext"))


class ArticleState(str, enum.Enum):
    DRAFT = "draft"
    PUBLISHED = "published"
    RETRACTED = "retracted"


class Entity:
    """Server-made UUID key and creation time."""

    id: Mapped[uuid.UUID] = mapped_column(Uuid, primary_key=True, server_default=text("gen_random_uuid()"))

    @declared_attr
    def created_at(cls) -> Mapped[datetime]:
        return mapped_column(server_default=func.now(), sort_order=99)

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self.id}>"


article_topic = Table(
    "article_topic",
    Base.metadata,
    Column("article_id", ForeignKey("gazette.article.id", ondelete="CASCADE"), primary_key=True),
    Column("topic_id", ForeignKey("gazette.topic.id", ondelete="CASCADE"), primary_key=True),
    Index("ix_article_topic_topic_id", "topic_id"),
)


class Person(Entity, Base):
    """Writes articles and notes."""

    __tablename__ = "person"

    email: Mapped[str] = mapped_column(CITEXT, unique=True)
    full_name: Mapped[str] = mapped_column(String(120))

    articles: Mapped[list["Article"]] = relationship(
        back_populates="author", cascade="all, delete-orphan", passive_deletes=True
    )
    notes: Mapped[list["Note"]] = relationship(back_populates="author", passive_deletes=True)


class Article(Entity, Base):
    """An article. ``meta`` holds front matter that nobody queries by."""

    __tablename__ = "article"
    __table_args__ = (
        Index("ix_article_search", "search", postgresql_using="gin"),
        Index("ix_article_published", "published_at", postgresql_where=text("state = 'published'")),
    )

    author_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("gazette.person.id", ondelete="CASCADE"), index=True)
    title: Mapped[str] = mapped_column(String(200))
    body: Mapped[str] = mapped_column(Text)
    state: Mapped[ArticleState] = mapped_column(
        Enum(ArticleState, name="article_state", values_callable=lambda e: [m.value for m in e]),
        server_default=ArticleState.DRAFT.value,
    )
    meta: Mapped[dict[str, Any]] = mapped_column(server_default=text("'{}'::jsonb"))
    published_at: Mapped[Optional[datetime]]
    search: Mapped[Any] = mapped_column(
        TSVECTOR, Computed("to_tsvector('english', title || ' ' || body)", persisted=True), deferred=True
    )

    author: Mapped[Person] = relationship(back_populates="articles")
    notes: Mapped[list["Note"]] = relationship(
        back_populates="article", cascade="all, delete-orphan", passive_deletes=True, order_by="Note.created_at"
    )
    topics: Mapped[list["Topic"]] = relationship(secondary=article_topic, back_populates="articles")


class Note(Entity, Base):
    """A reader's note under an article."""

    __tablename__ = "note"
    __table_args__ = (Index(None, "article_id", "created_at"),)

    article_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("gazette.article.id", ondelete="CASCADE"))
    author_id: Mapped[Optional[uuid.UUID]] = mapped_column(
        ForeignKey("gazette.person.id", ondelete="SET NULL"), index=True
    )
    body: Mapped[str] = mapped_column(Text)

    article: Mapped[Article] = relationship(back_populates="notes")
    author: Mapped[Optional[Person]] = relationship(back_populates="notes")


class Topic(Entity, Base):
    """Topic names are unique whatever their case."""

    __tablename__ = "topic"
    __table_args__ = (Index("uq_topic_lower_name", text("lower(name)"), unique=True),)

    name: Mapped[str] = mapped_column(String(60))

    articles: Mapped[list[Article]] = relationship(secondary=article_topic, back_populates="topics")
