from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload, selectin_polymorphic, selectinload

from magazine.models import Author, Category, Comment, Post, Reply, User


def posts_by_author(session: Session, author_id: int) -> Sequence[Post]:
    """All posts of an author with comments and the replies to them."""
    stmt = (
        select(Post)
        .where(Post.author_id == author_id)
        .options(selectinload(Post.comments).selectinload(Comment.replies))
        .order_by(Post.id.desc())
    )
    return session.scalars(stmt).all()


def thread_view(session: Session, category_id: int | None = None) -> Sequence[Post]:
    """Posts with author, tags, and the discussion incl. users, optionally of one category. No N+1.

    Commenters are polymorphic: ``selectin_polymorphic`` fetches the author/reader columns of all of them at once.
    """
    stmt = (
        select(Post)
        .options(
            joinedload(Post.author),
            selectinload(Post.tags),
            selectinload(Post.comments)
            .selectinload(Comment.user)
            .options(selectin_polymorphic(User, [Author])),
            selectinload(Post.comments).selectinload(Comment.replies).joinedload(Reply.user),
        )
        .order_by(Post.created_at.desc(), Post.id.desc())
    )
    if category_id is not None:
        stmt = stmt.where(Post.category_id == category_id)
    return session.scalars(stmt).all()


def authors_with_posts(session: Session) -> Sequence[Author]:
    """Author index: every author with posts and profile."""
    return session.scalars(
        select(Author).options(selectinload(Author.posts), joinedload(Author.profile)).order_by(Author.pen_name)
    ).all()


def top_categories(session: Session) -> Sequence[Category]:
    """Roots of the tree with their direct children."""
    return session.scalars(
        select(Category)
        .where(Category.parent_id.is_(None))
        .options(selectinload(Category.children))
        .order_by(Category.name)
    ).all()
