"""Motor och sessioner."""
import os

from sqlalchemy import create_engine, event
from sqlalchemy.orm import ORMExecuteState, Session, scoped_session, sessionmaker, with_loader_criteria

motor = create_engine(os.environ.get("DATABASE_URL", "sqlite:///blogg.sqlite3"))
session = scoped_session(sessionmaker(motor))


@event.listens_for(Session, "do_orm_execute")
def _dolj_raderade(tillstand: ORMExecuteState) -> None:
    from blogg.modeller import MjukRadering

    med_raderade = tillstand.execution_options.get("med_raderade", False)
    if tillstand.is_select and not tillstand.is_column_load and not tillstand.is_relationship_load and not med_raderade:
        tillstand.statement = tillstand.statement.options(
            with_loader_criteria(MjukRadering, lambda klass: klass.raderad_vid.is_(None), include_aliases=True)
        )
