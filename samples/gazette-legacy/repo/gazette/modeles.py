"""Entités du journal."""
from sqlalchemy import Column, ForeignKey, String, Table, Text
from sqlalchemy.orm import backref, relationship

from gazette.base import Base, Commun

article_rubrique = Table(
    "article_rubrique",
    Base.metadata,
    Column("article_id", String(32), ForeignKey("article.id", ondelete="CASCADE"), primary_key=True),
    Column("rubrique_id", String(32), ForeignKey("rubrique.id", ondelete="CASCADE"), primary_key=True),
)


class Auteur(Commun, Base):
    """Personne inscrite."""

    __tablename__ = "auteur"

    courriel = Column(String(254), nullable=False, unique=True)
    nom = Column(String(80), nullable=False)


class Article(Commun, Base):
    """Article publié."""

    __tablename__ = "article"

    auteur_id = Column(String(32), ForeignKey("auteur.id"), nullable=False, index=True)
    titre = Column(String(200), nullable=False)
    corps = Column(Text, nullable=False)

    auteur = relationship(
        "Auteur", lazy="joined", innerjoin=True, backref=backref("articles", cascade="all, delete-orphan")
    )
    commentaires = relationship(
        "Commentaire",
        back_populates="article",
        lazy="subquery",
        cascade="all, delete-orphan",
        order_by="Commentaire.cree_le",
    )
    rubriques = relationship("Rubrique", secondary=article_rubrique, lazy="selectin", backref="articles")


class Commentaire(Commun, Base):
    """Commentaire d'un lecteur inscrit."""

    __tablename__ = "commentaire"

    article_id = Column(String(32), ForeignKey("article.id"), nullable=False, index=True)
    auteur_id = Column(String(32), ForeignKey("auteur.id"), nullable=False, index=True)
    texte = Column(Text, nullable=False)

    article = relationship("Article", back_populates="commentaires")
    auteur = relationship("Auteur", backref=backref("commentaires", cascade="all, delete-orphan"))


class Rubrique(Commun, Base):
    """Étiquette posée sur les articles."""

    __tablename__ = "rubrique"

    libelle = Column(String(60), nullable=False, unique=True)
