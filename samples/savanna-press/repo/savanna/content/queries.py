"""Reads. Author and tags are eager on the mapping, comments are asked for where they are shown."""
from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session, scoped_session, selectinload

from savanna.accounts.models import Profile, User
from savanna.content.models import Article, Comment

WITH_COMMENTS = selectinload(Article.comments).joinedload(Comment.author)


def articles_by_username(session: Session | scoped_session, username: str) -> Sequence[Article]:
    """Every article of a user with its comments and their authors."""
    return session.scalars(
        select(Article)
        .join(Profile, Article.profile_id == Profile.id)
        .join(User, Profile.user_id == User.id)
        .where(User.username == username)
        .options(WITH_COMMENTS)
        .order_by(Article.published_at.desc(), Article.id.desc())
    ).all()


def front_page(session: Session | scoped_session, limit: int = 25) -> Sequence[Article]:
    """Newest articles with author, tags, comments and comment authors in three statements."""
    return session.scalars(
        select(Article).options(WITH_COMMENTS).order_by(Article.published_at.desc(), Article.id.desc()).limit(limit)
    ).all()
