import pytest
from sqlalchemy import create_engine
from sqlalchemy.orm import Session

from relecture.lecture import ServiceDeLecture
from relecture.modeles import Base, Billet, Commentaire, Utilisateur


@pytest.fixture()
def session():
    moteur = create_engine("sqlite://")
    Base.metadata.create_all(moteur)
    with moteur.connect() as connexion:
        transaction = connexion.begin()
        with Session(connexion) as s:
            yield s
        transaction.rollback()


def test_billets_avec_commentaires(session):
    zoe = Utilisateur(pseudo="zoe", courriel="zoe@ex.fr")
    billet = Billet(titre="Salut", contenu="…", auteur=zoe)
    billet.commentaires = [Commentaire(texte="Bravo", auteur=zoe)]
    session.add(zoe)
    session.flush()
    (fiche,) = ServiceDeLecture(session).billets_de("zoe")
    assert fiche["commentaires"][0]["texte"] == "Bravo"
