"""Côté lecture (CQRS) : une requête = un message + un handler."""
from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from carnet.application.vues import ArticleVue, CommentaireVue
from carnet.domaine.modele import Article
from carnet.infrastructure import tables as t
from carnet.infrastructure.unite_de_travail import UniteDeTravail


@dataclass(frozen=True)
class ArticlesDUnAuteur:
    """Demande : tous les articles d'un utilisateur avec leurs commentaires."""

    auteur_id: int


class ArticlesDUnAuteurHandler:
    def __init__(self, uow: UniteDeTravail) -> None:
        self.uow = uow

    def executer(self, requete: ArticlesDUnAuteur) -> list[ArticleVue]:
        """Articles de l'auteur, commentaires compris (chargement anticipé)."""
        with self.uow as uow:
            articles = uow.session.scalars(
                select(Article)
                .where(t.articles.c.auteur_id == requete.auteur_id)
                .options(joinedload(Article.auteur))
                .order_by(t.articles.c.cree_le.desc(), t.articles.c.id.desc())
            )
            return [
                ArticleVue(
                    id=a.id,
                    titre=a.titre,
                    auteur=a.auteur.pseudo,
                    commentaires=tuple(CommentaireVue(c.id, c.texte) for c in a.commentaires),
                )
                for a in articles
            ]


class PageDAccueilHandler:
    """Derniers articles avec auteur, commentaires et étiquettes, sans N+1 (eager loading)."""

    def __init__(self, uow: UniteDeTravail) -> None:
        self.uow = uow

    def executer(self, limite: int = 20) -> list[ArticleVue]:
        with self.uow as uow:
            articles = uow.session.scalars(
                select(Article)
                .options(joinedload(Article.auteur, innerjoin=True))
                .order_by(t.articles.c.cree_le.desc(), t.articles.c.id.desc())
                .limit(limite)
            ).all()
            return [
                ArticleVue(
                    a.id,
                    a.titre,
                    a.auteur.pseudo,
                    tuple(CommentaireVue(c.id, c.texte) for c in a.commentaires),
                    tuple(e.nom for e in a.etiquettes),
                )
                for a in articles
            ]
