from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload, subqueryload, with_parent

from press.models import Article, Review, Writer


def articles_of(session: Session, writer: Writer) -> Sequence[Article]:
    """All articles of a writer; the reviews come with them (mapper-level selectin)."""
    return session.scalars(
        select(Article).where(with_parent(writer, Writer.articles)).order_by(Article.created_at, Article.id)
    ).all()


def overview(session: Session, *, only_published: bool = False, limit: int | None = None) -> Sequence[Article]:
    """Articles with writer, keywords, reviews and reviewers. Eager loading, no N+1."""
    stmt = select(Article).order_by(Article.created_at.desc(), Article.id.desc())
    stmt = stmt.options(joinedload(Article.writer), subqueryload(Article.keywords))
    stmt = stmt.options(subqueryload(Article.reviews).joinedload(Review.writer))
    if only_published:
        stmt = stmt.where(Article.published.is_(True))
    if limit:
        stmt = stmt.limit(limit)
    return session.scalars(stmt).all()
