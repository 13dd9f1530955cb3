"""Mapping impératif : à appeler une fois au démarrage."""
from sqlalchemy import inspect
from sqlalchemy.exc import NoInspectionAvailable
from sqlalchemy.orm import relationship

from carnet.domaine.modele import Article, Commentaire, Etiquette, Utilisateur
from carnet.infrastructure import tables as t
from carnet.infrastructure.liaisons import article_etiquette


def demarrer_mappers() -> None:
    try:
        inspect(Article)
        return  # déjà fait
    except NoInspectionAvailable:
        pass
    t.registre.map_imperatively(
        Utilisateur,
        t.utilisateurs,
        properties={
            "articles": relationship(Article, back_populates="auteur"),
            "commentaires": relationship(Commentaire, back_populates="auteur"),
        },
    )
    t.registre.map_imperatively(
        Article,
        t.articles,
        properties={
            "auteur": relationship(Utilisateur, back_populates="articles"),
            "commentaires": relationship(
                Commentaire, back_populates="article", cascade="all, delete-orphan", order_by=t.commentaires.c.id
            ),
            "etiquettes": relationship(Etiquette, secondary=article_etiquette),
        },
    )
    t.registre.map_imperatively(
        Commentaire,
        t.commentaires,
        properties={
            "article": relationship(Article, back_populates="commentaires"),
            "auteur": relationship(Utilisateur, back_populates="commentaires"),
        },
    )
    t.registre.map_imperatively(Etiquette, t.etiquettes)
