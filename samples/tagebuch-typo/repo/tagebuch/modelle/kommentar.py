from typing import TYPE_CHECKING

from sqlalchemy import ForeignKey, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tagebuch.modelle.base import Base, ZeitMixin

if TYPE_CHECKING:
    from tagebuch.modelle.beitrag import Beitrag
    from tagebuch.modelle.benutzer import Benutzer


class Kommentar(ZeitMixin, Base):
    __tablename__ = "kommentare"

    id: Mapped[int] = mapped_column(primary_key=True)
    text: Mapped[str] = mapped_column(Text)
    beitrag_id: Mapped[int] = mapped_column(ForeignKey("beitraege.id"), index=True)
    benutzer_id: Mapped[int] = mapped_column(ForeignKey("benutzer.id"))

    beitrag: Mapped["Beitrag"] = relationship(back_populates="komentare")
    benutzer: Mapped["Benutzer"] = relationship(back_populates="kommentare")
