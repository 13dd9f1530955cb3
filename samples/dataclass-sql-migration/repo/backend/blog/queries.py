"""Read side."""
from typing import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session, contains_eager, selectinload, with_parent

from .models import Account, Entry, Feedback

WITH_FEEDBACK = (selectinload(Entry.feedback).selectinload(Feedback.author), selectinload(Entry.labels))


def entries_of(session: Session, account: Account) -> Sequence[Entry]:
    """Entries of the account together with their feedback."""
    return session.scalars(
        select(Entry).where(with_parent(account, Account.entries)).options(*WITH_FEEDBACK).order_by(Entry.id)
    ).all()


def account_page(session: Session, account_id: int) -> Account:
    """One account with entries, feedback and labels: eager, no N+1."""
    return session.get_one(Account, account_id, options=[selectinload(Account.entries).options(*WITH_FEEDBACK)])
