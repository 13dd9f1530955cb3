"""Queries of the club blog."""
from typing import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from club.models import BlogEntry, Comment, Member


def entries_of_member(db: Session, handle: str) -> Sequence[BlogEntry]:
    """All entries of a member with their comments, newest first."""
    stmt = (
        select(BlogEntry)
        .join(BlogEntry.member)
        .where(Member.handle == handle)
        .options(*WITH_COMMENTS)
        .order_by(BlogEntry.posted_at.desc(), BlogEntry.id.desc())
    )
    return db.scalars(stmt).all()


def latest_entries(db: Session, limit: int = 20) -> Sequence[BlogEntry]:
    """Front page without N+1: member, labels, comments and who commented."""
    stmt = (
        select(BlogEntry)
        .options(joinedload(BlogEntry.member), selectinload(BlogEntry.labels), *WITH_COMMENTS)
        .order_by(BlogEntry.posted_at.desc(), BlogEntry.id.desc())
        .limit(limit)
    )
    return db.scalars(stmt).all()


WITH_COMMENTS = (selectinload(BlogEntry.comments).joinedload(Comment.member),)
