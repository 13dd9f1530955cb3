"""Requêtes de lecture. Les relations sont en lazy="raise" : tout ce qu'une vue montre est demandé ici."""
from collections.abc import Sequence
from datetime import UTC, datetime

from sqlalchemy import select, update
from sqlalchemy.orm import joinedload, selectinload

from carnet.billets.modeles import Billet, BilletEtiquette, Commentaire
from carnet.comptes.modeles import Membre
from carnet.extensions import db

_A_MONTRER = (
    joinedload(Billet.auteur),
    selectinload(Billet.liens).joinedload(BilletEtiquette.etiquette),
    selectinload(Billet.commentaires).joinedload(Commentaire.auteur),
)


def billets_d_un_membre(pseudo: str) -> Sequence[Billet]:
    """Billets visibles d'un membre avec commentaires, étiquettes et auteurs."""
    requete = (
        select(Billet)
        .join(Billet.auteur)
        .where(Membre.pseudo == pseudo, Billet.supprime_le.is_(None))
        .options(*_A_MONTRER)
        .order_by(Billet.publie_le.desc(), Billet.id.desc())
    )
    return db.session.scalars(requete).all()


def derniers_billets(page: int = 1, par_page: int = 20):
    """Page de billets visibles, mêmes relations que ci-dessus."""
    requete = (
        select(Billet)
        .where(Billet.supprime_le.is_(None))
        .options(*_A_MONTRER)
        .order_by(Billet.publie_le.desc(), Billet.id.desc())
    )
    return db.paginate(requete, page=page, per_page=par_page, max_per_page=100, error_out=False)


def masquer_billet(billet_id: int) -> None:
    db.session.execute(update(Billet).where(Billet.id == billet_id).values(supprime_le=datetime.now(UTC)))
    db.session.commit()
