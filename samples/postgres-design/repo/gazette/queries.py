"""Read side."""
import uuid
from typing import Any, Sequence

from sqlalchemy import RowMapping, Select, func, select, text
from sqlalchemy.dialects.postgresql import aggregate_order_by
from sqlalchemy.orm import Session, joinedload, selectinload

from gazette.schema import Article, ArticleState, Note, Person


def articles_with_notes(session: Session, author_id: uuid.UUID) -> Sequence[RowMapping]:
    """All articles of a person, each with its notes as a JSON array, in one statement."""
    note = func.jsonb_build_object("id", Note.id, "body", Note.body, "author", Person.full_name)
    notes = (
        select(func.coalesce(func.jsonb_agg(aggregate_order_by(note, Note.created_at)), text("'[]'::jsonb")))
        .select_from(Note)
        .outerjoin(Note.author)
        .where(Note.article_id == Article.id)
        .correlate(Article)
        .scalar_subquery()
    )
    stmt = (
        select(Article.id, Article.title, Article.state, Article.published_at, notes.label("notes"))
        .where(Article.author_id == author_id)
        .order_by(Article.created_at.desc(), Article.id)
    )
    return session.execute(stmt).mappings().all()


def editor_view(session: Session, limit: int = 50) -> Sequence[Article]:
    """Published articles with author, topics and notes (and who wrote them): four statements, no N+1."""
    stmt = (
        select(Article)
        .where(Article.state == ArticleState.PUBLISHED)
        .options(
            joinedload(Article.author),
            selectinload(Article.topics),
            selectinload(Article.notes).selectinload(Note.author),
        )
        .order_by(Article.published_at.desc(), Article.id)
        .limit(limit)
    )
    return session.scalars(stmt).all()


def search(phrase: str) -> Select[tuple[Article]]:
    """Full-text search, best match first. Returns the statement so that callers can page it."""
    query = func.websearch_to_tsquery("english", phrase)
    return (
        select(Article)
        .where(Article.search.op("@@")(query), Article.state == ArticleState.PUBLISHED)
        .order_by(func.ts_rank(Article.search, query).desc(), Article.id)
    )


def with_meta(session: Session, **pairs: Any) -> Sequence[Article]:
    """Articles whose front matter contains the given pairs."""
    return session.scalars(select(Article).where(Article.meta.contains(pairs)).order_by(Article.id)).all()
