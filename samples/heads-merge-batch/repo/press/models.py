from datetime import datetime, timezone

from sqlalchemy import Boolean, Column, DateTime, ForeignKey, MetaData, String, Table, Text, false
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship


def utcnow() -> datetime:
    return datetime.now(timezone.utc).replace(tzinfo=None)


class Base(DeclarativeBase):
    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(column_0_label)s",
            "uq": "uq_%(table_name)s_%(column_0_name)s",
            "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        }
    )


class Writer(Base):
    """Writes articles and reviews."""

    __tablename__ = "writers"

    id: Mapped[int] = mapped_column(primary_key=True)
    username: Mapped[str] = mapped_column(String(40), unique=True)
    email: Mapped[str] = mapped_column(String(200), unique=True)

    articles: Mapped[list["Article"]] = relationship(back_populates="writer", cascade="all, delete-orphan")
    reviews: Mapped[list["Review"]] = relationship(back_populates="writer", cascade="all, delete-orphan")

    def __repr__(self) -> str:
        return f"<Writer {self.username}>"


class Article(Base):
    """A published or unpublished article."""

    __tablename__ = "articles"

    id: Mapped[int] = mapped_column(primary_key=True)
    writer_id: Mapped[int] = mapped_column(ForeignKey("writers.id"), index=True)
    title: Mapped[str] = mapped_column(String(160))
    slug: Mapped[str] = mapped_column(String(180), unique=True)
    body: Mapped[str] = mapped_column(Text)
    published: Mapped[bool] = mapped_column(Boolean, default=False, server_default=false())
    created_at: Mapped[datetime] = mapped_column(DateTime, default=utcnow)

    writer: Mapped[Writer] = relationship(back_populates="articles")
    reviews: Mapped[list["Review"]] = relationship(
        back_populates="article", cascade="all, delete-orphan", lazy="selectin"
    )
    keywords: Mapped[list["Keyword"]] = relationship(secondary="article_keywords", back_populates="articles")

    def __repr__(self) -> str:
        return f"<Article {self.slug}>"


class Review(Base):
    """Comment of another writer."""

    __tablename__ = "reviews"

    id: Mapped[int] = mapped_column(primary_key=True)
    article_id: Mapped[int] = mapped_column(ForeignKey("articles.id"), index=True)
    writer_id: Mapped[int] = mapped_column(ForeignKey("writers.id"), index=True)
    text: Mapped[str] = mapped_column(Text)
    created_at: Mapped[datetime] = mapped_column(DateTime, default=utcnow)

    article: Mapped[Article] = relationship(back_populates="reviews")
    writer: Mapped[Writer] = relationship(back_populates="reviews")


class Keyword(Base):
    __tablename__ = "keywords"

    id: Mapped[int] = mapped_column(primary_key=True)
    word: Mapped[str] = mapped_column(String(40), unique=True)

    articles: Mapped[list[Article]] = relationship(secondary="article_keywords", back_populates="keywords")


article_keywords = Table(
    "article_keywords",
    Base.metadata,
    Column("article_id", ForeignKey("articles.id"), primary_key=True),
    Column("keyword_id", ForeignKey("keywords.id"), primary_key=True, index=True),
)
