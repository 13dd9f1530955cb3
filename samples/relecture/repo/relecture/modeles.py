"""Modèles du blog."""
from __future__ import annotations

from datetime import datetime, timezone

from sqlalchemy import Column, DateTime, ForeignKey, MetaData, String, Table, Text
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship


class Base(DeclarativeBase):
    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_name)s",
            "uq": "uq_%(table_name)s_%(column_0_name)s",
            "fk": "fk_%(table_name)s_%(column_0_name)s",
            "pk": "pk_%(table_name)s",
        }
    )


def maintenant() -> datetime:
    return datetime.now(timezone.utc)


billets_etiquettes = Table(
    "billets_etiquettes",
    Base.metadata,
    Column("billet_id", ForeignKey("billets.id", ondelete="CASCADE"), primary_key=True),
    Column("etiquette_id", ForeignKey("etiquettes.id", ondelete="CASCADE"), primary_key=True, index=True),
)


class Utilisateur(Base):
    """Auteur de billets et de commentaires."""

    __tablename__ = "utilisateurs"

    id: Mapped[int] = mapped_column(primary_key=True)
    pseudo: Mapped[str] = mapped_column(String(50), unique=True)
    courriel: Mapped[str] = mapped_column(String(254), unique=True)
    inscrit_le: Mapped[datetime] = mapped_column(DateTime(timezone=True), default=maintenant)

    billets: Mapped[list[Billet]] = relationship(back_populates="auteur", cascade="all, delete-orphan", passive_deletes=True)
    commentaires: Mapped[list[Commentaire]] = relationship(back_populates="auteur", cascade="all, delete-orphan", passive_deletes=True)

    def __repr__(self) -> str:
        return f"Utilisateur({self.pseudo!r})"


class Billet(Base):
    """Un billet du blog."""

    __tablename__ = "billets"

    id: Mapped[int] = mapped_column(primary_key=True)
    auteur_id: Mapped[int] = mapped_column(ForeignKey("utilisateurs.id", ondelete="CASCADE"), index=True)
    titre: Mapped[str] = mapped_column(String(200))
    contenu: Mapped[str] = mapped_column(Text)
    publie_le: Mapped[datetime] = mapped_column(DateTime(timezone=True), default=maintenant)

    auteur: Mapped[Utilisateur] = relationship(back_populates="billets")
    commentaires: Mapped[list[Commentaire]] = relationship(
        back_populates="billet", cascade="all, delete-orphan", passive_deletes=True, order_by="Commentaire.id"
    )
    etiquettes: Mapped[list[Etiquette]] = relationship(secondary=billets_etiquettes, back_populates="billets")

    def __repr__(self) -> str:
        return f"Billet({self.titre!r})"


class Commentaire(Base):
    """Réaction à un billet."""

    __tablename__ = "commentaires"

    id: Mapped[int] = mapped_column(primary_key=True)
    billet_id: Mapped[int] = mapped_column(ForeignKey("billets.id", ondelete="CASCADE"), index=True)
    auteur_id: Mapped[int] = mapped_column(ForeignKey("utilisateurs.id", ondelete="CASCADE"), index=True)
    texte: Mapped[str] = mapped_column(Text)
    ecrit_le: Mapped[datetime] = mapped_column(DateTime(timezone=True), default=maintenant)

    billet: Mapped[Billet] = relationship(back_populates="commentaires")
    auteur: Mapped[Utilisateur] = relationship(back_populates="commentaires")

    def __repr__(self) -> str:
        return f"Commentaire({self.id})"


class Etiquette(Base):
    """Mot-clé partagé par plusieurs billets."""

    __tablename__ = "etiquettes"

    id: Mapped[int] = mapped_column(primary_key=True)
    libelle: Mapped[str] = mapped_column(String(40), unique=True)

    billets: Mapped[list[Billet]] = relationship(secondary=billets_etiquettes, back_populates="etiquettes")

    def __repr__(self) -> str:
        return f"Etiquette({self.libelle!r})"
