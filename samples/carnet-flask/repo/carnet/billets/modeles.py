from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import DateTime, ForeignKey, Integer, String, Text, func
from sqlalchemy.ext.associationproxy import AssociationProxy, association_proxy
from sqlalchemy.orm import Mapped, mapped_column, relationship

from carnet.extensions import db

if TYPE_CHECKING:
    from carnet.comptes.modeles import Membre


class Billet(db.Model):
    """Billet du carnet. Il n'est jamais effacé par le site : `supprime_le` le masque."""

    __tablename__ = "billets"

    id: Mapped[int] = mapped_column(primary_key=True)
    auteur_id: Mapped[int] = mapped_column(ForeignKey("membres.id", ondelete="CASCADE"), index=True)
    titre: Mapped[str] = mapped_column(String(160))
    corps: Mapped[str] = mapped_column(Text)
    publie_le: Mapped[datetime] = mapped_column(DateTime, server_default=func.now(), index=True)
    supprime_le: Mapped[datetime | None] = mapped_column(DateTime)

    auteur: Mapped[Membre] = relationship(back_populates="billets", lazy="raise")
    commentaires: Mapped[list[Commentaire]] = relationship(
        back_populates="billet",
        lazy="raise",
        cascade="all, delete-orphan",
        passive_deletes=True,
        order_by="Commentaire.id",
    )
    liens: Mapped[list[BilletEtiquette]] = relationship(
        back_populates="billet",
        lazy="raise",
        cascade="all, delete-orphan",
        passive_deletes=True,
        order_by="BilletEtiquette.rang",
    )
    etiquettes: AssociationProxy[list[Etiquette]] = association_proxy(
        "liens", "etiquette", creator=lambda e: BilletEtiquette(etiquette=e)
    )

    def __repr__(self) -> str:
        return f"<Billet {self.id} {self.titre!r}>"


class Commentaire(db.Model):
    """Commentaire d'un membre sous un billet."""

    __tablename__ = "commentaires"

    id: Mapped[int] = mapped_column(primary_key=True)
    billet_id: Mapped[int] = mapped_column(ForeignKey("billets.id", ondelete="CASCADE"), index=True)
    auteur_id: Mapped[int] = mapped_column(ForeignKey("membres.id", ondelete="CASCADE"), index=True)
    texte: Mapped[str] = mapped_column(Text)
    ecrit_le: Mapped[datetime] = mapped_column(DateTime, server_default=func.now())

    billet: Mapped[Billet] = relationship(back_populates="commentaires", lazy="raise")
    auteur: Mapped[Membre] = relationship(back_populates="commentaires", lazy="raise")

    def __repr__(self) -> str:
        return f"<Commentaire {self.id}>"


class Etiquette(db.Model):
    """Mot-clé."""

    __tablename__ = "etiquettes"

    id: Mapped[int] = mapped_column(primary_key=True)
    libelle: Mapped[str] = mapped_column(String(40), unique=True)

    liens: Mapped[list[BilletEtiquette]] = relationship(
        back_populates="etiquette", lazy="raise", cascade="all, delete-orphan", passive_deletes=True
    )

    def __repr__(self) -> str:
        return f"<Etiquette {self.libelle}>"


class BilletEtiquette(db.Model):
    """Pose d'une étiquette sur un billet, avec son rang d'affichage."""

    __tablename__ = "billets_etiquettes"

    billet_id: Mapped[int] = mapped_column(ForeignKey("billets.id", ondelete="CASCADE"), primary_key=True)
    etiquette_id: Mapped[int] = mapped_column(
        ForeignKey("etiquettes.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    rang: Mapped[int] = mapped_column(Integer, default=0, server_default="0")

    billet: Mapped[Billet] = relationship(back_populates="liens", lazy="raise")
    etiquette: Mapped[Etiquette] = relationship(back_populates="liens", lazy="raise")
