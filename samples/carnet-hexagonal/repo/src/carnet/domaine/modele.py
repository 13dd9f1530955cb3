"""Entités du domaine, sans aucune dépendance technique."""
from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime


@dataclass(eq=False)
class Utilisateur:
    """Personne qui écrit et commente."""

    pseudo: str
    courriel: str
    id: int | None = None
    articles: list[Article] = field(default_factory=list, repr=False)
    commentaires: list[Commentaire] = field(default_factory=list, repr=False)


@dataclass(eq=False)
class Etiquette:
    """Mot-clé partagé entre les articles."""

    nom: str
    id: int | None = None


@dataclass(eq=False)
class Article:
    """Billet du blog."""

    titre: str
    contenu: str
    id: int | None = None
    cree_le: datetime | None = None
    commentaires: list[Commentaire] = field(default_factory=list, repr=False)
    etiquettes: list[Etiquette] = field(default_factory=list, repr=False)


@dataclass(eq=False)
class Commentaire:
    """Réaction d'un lecteur à un article."""

    texte: str
    id: int | None = None
    cree_le: datetime | None = None
