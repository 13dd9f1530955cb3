from typing import TYPE_CHECKING, List

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tagebuch.modelle.base import Base, ZeitMixin

if TYPE_CHECKING:
    from tagebuch.modelle.beitrag import Beitrag
    from tagebuch.modelle.kommentar import Kommentar


class Benutzer(ZeitMixin, Base):
    __tablename__ = "benutzer"

    id: Mapped[int] = mapped_column(primary_key=True)
    benutzername: Mapped[str] = mapped_column(String(50), unique=True)
    email: Mapped[str] = mapped_column(String(120), unique=True)

    beitraege: Mapped[List["Beitrag"]] = relationship(back_populates="benutzer", cascade="all, delete-orphan")
    kommentare: Mapped[List["Kommentar"]] = relationship(back_populates="benutzer", cascade="all, delete-orphan")
