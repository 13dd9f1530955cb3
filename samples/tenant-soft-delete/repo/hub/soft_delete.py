"""Hides soft-deleted rows from ORM queries."""
from datetime import datetime, timezone

from sqlalchemy import event
from sqlalchemy.orm import ORMExecuteState, Session, sessionmaker, with_loader_criteria

from hub.model import SoftDelete


class HubSession(Session):
    def remove(self, row: SoftDelete) -> None:
        """Marks a row as deleted."""
        row.deleted_at = datetime.now(timezone.utc)


@event.listens_for(HubSession, "do_orm_execute")
def _hide_deleted(state: ORMExecuteState) -> None:
    if state.is_select and not state.is_column_load and not state.execution_options.get("include_deleted"):
        state.statement = state.statement.options(
            with_loader_criteria(SoftDelete, lambda cls: cls.deleted_at.is_(None), include_aliases=True)
        )


def session_factory(engine) -> sessionmaker[HubSession]:
    return sessionmaker(engine, class_=HubSession, expire_on_commit=False)
