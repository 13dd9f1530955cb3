"""Lecture des billets."""
from __future__ import annotations

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from relecture.modeles import Billet, Utilisateur


class ServiceDeLecture:
    """Toutes les lectures passent par ici ; la session est fournie par l'appelant."""

    def __init__(self, session: Session) -> None:
        self.session = session

    def billets_de(self, pseudo: str) -> list[dict[str, Any]]:
        """Tous les billets d'un utilisateur avec leurs commentaires.

        `selectinload` évite le problème N+1 : une requête pour les billets, une pour tous les commentaires.
        """
        requete = (
            select(Billet)
            .join(Billet.auteur)
            .where(Utilisateur.pseudo == pseudo)
            .options(selectinload(Billet.commentaires))
            .order_by(Billet.publie_le.desc(), Billet.id.desc())
        )
        return [self.fiche(billet) for billet in self.session.scalars(requete)]

    def fiche(self, billet: Billet) -> dict[str, Any]:
        """Représentation d'un billet, garantie à jour."""
        self.session.refresh(billet)
        return {
            "id": billet.id,
            "titre": billet.titre,
            "contenu": billet.contenu,
            "publie_le": billet.publie_le.isoformat(),
            "commentaires": [{"id": c.id, "texte": c.texte} for c in billet.commentaires],
        }
