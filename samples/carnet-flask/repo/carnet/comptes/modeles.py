from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import DateTime, String, func
from sqlalchemy.orm import Mapped, mapped_column, relationship
from werkzeug.security import check_password_hash, generate_password_hash

from carnet.extensions import db

if TYPE_CHECKING:
    from carnet.billets.modeles import Billet, Commentaire


class Membre(db.Model):
    """Personne inscrite : elle écrit des billets et des commentaires."""

    __tablename__ = "membres"

    id: Mapped[int] = mapped_column(primary_key=True)
    pseudo: Mapped[str] = mapped_column(String(32), unique=True)
    courriel: Mapped[str] = mapped_column(String(254), unique=True)
    _mot_de_passe: Mapped[str] = mapped_column("mot_de_passe_hache", String(255))
    inscrit_le: Mapped[datetime] = mapped_column(DateTime, server_default=func.now())

    billets: Mapped[list[Billet]] = relationship(
        back_populates="auteur", lazy="raise", cascade="all, delete-orphan", passive_deletes=True
    )
    commentaires: Mapped[list[Commentaire]] = relationship(
        back_populates="auteur", lazy="raise", cascade="all, delete-orphan", passive_deletes=True
    )

    def definir_mot_de_passe(self, clair: str) -> None:
        self._mot_de_passe = generate_password_hash(clair)

    def verifier_mot_de_passe(self, clair: str) -> bool:
        return check_password_hash(self._mot_de_passe, clair)

    def __repr__(self) -> str:
        return f"<Membre {self.pseudo}>"
