from collections.abc import Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import Session, contains_eager, joinedload, selectinload

from journal.models import Account, Entry, Keyword, Response, entry_keyword


def entries_of(session: Session, account: Account) -> Sequence[Entry]:
    """All entries of an account, each with its responses and the people who wrote them."""
    stmt = account.entries.select().options(selectinload(Entry.responses).joinedload(Response.account))
    return session.scalars(stmt).all()


def entries_by_login(session: Session, login: str) -> Sequence[Entry]:
    """Same, when only the login is known: one statement, the join doubles as the loader."""
    stmt = (
        select(Entry)
        .join(Entry.account)
        .outerjoin(Entry.responses)
        .where(Account.login == login)
        .options(contains_eager(Entry.account), contains_eager(Entry.responses))
        .order_by(Entry.id.desc(), Response.id)
    )
    return session.scalars(stmt).unique().all()


def timeline(session: Session, *, page: int = 1, per_page: int = 20) -> Sequence[Entry]:
    """Newest entries with account, responses and keywords: no N+1, four statements per page."""
    stmt = (
        select(Entry)
        .options(
            joinedload(Entry.account, innerjoin=True),
            selectinload(Entry.responses).joinedload(Response.account),
            selectinload(Entry.keywords),
        )
        .order_by(Entry.created_at.desc(), Entry.id.desc())
        .limit(per_page)
        .offset((page - 1) * per_page)
    )
    return session.scalars(stmt).all()


def busiest_keywords(session: Session, top: int = 10) -> Sequence[tuple[str, int]]:
    used = func.count().label("used")
    stmt = (
        select(Keyword.word, used)
        .join(entry_keyword, entry_keyword.c.keyword_id == Keyword.id)
        .group_by(Keyword.id)
        .order_by(used.desc(), Keyword.word)
        .limit(top)
    )
    return [(word, n) for word, n in session.execute(stmt)]
