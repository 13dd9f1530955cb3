"""Objets renvoyés à l'extérieur (jamais les entités)."""
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class CommentaireVue:
    id: int
    texte: str


@dataclass(frozen=True, slots=True)
class ArticleVue:
    id: int
    titre: str
    auteur: str
    commentaires: tuple[CommentaireVue, ...]
    etiquettes: tuple[str, ...] = ()
