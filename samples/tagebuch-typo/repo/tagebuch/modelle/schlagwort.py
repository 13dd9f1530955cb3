from typing import TYPE_CHECKING, List

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tagebuch.modelle.base import Base

if TYPE_CHECKING:
    from tagebuch.modelle.beitrag import Beitrag


class Schlagwort(Base):
    __tablename__ = "schlagwoerter"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(40), unique=True)

    beitraege: Mapped[List["Beitrag"]] = relationship(
        secondary="beitrag_schlagwort", back_populates="schlagwoerter"
    )
