"""Two bases, one registry."""
from sqlalchemy import MetaData
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, registry

shared = registry(
    metadata=MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_name)s",
            "uq": "uq_%(table_name)s_%(column_0_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
)


class _Repr:
    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self.__dict__.get('id')}>"


class Base(_Repr, DeclarativeBase):
    """Everything with a life of its own."""

    registry = shared


class Lookup(_Repr, DeclarativeBase):
    """Rows that are only ever found by their name."""

    registry = shared
    __abstract__ = True

    id: Mapped[int] = mapped_column(primary_key=True)
