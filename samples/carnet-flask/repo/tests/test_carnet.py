import pytest
from sqlalchemy import event

from carnet import create_app
from carnet.extensions import db
from carnet.modeles import Billet, Commentaire, Etiquette, Membre


@pytest.fixture
def app():
    app = create_app("test")
    with app.app_context():
        db.create_all()
        yield app


def remplir(nombre):
    lea = Membre(pseudo="lea", courriel="lea@ex.fr")
    lea.definir_mot_de_passe("secret")
    for i in range(nombre):
        billet = Billet(titre=f"B{i}", corps="...", auteur=lea)
        billet.etiquettes.append(Etiquette(libelle=f"e{i}"))
        billet.commentaires.append(Commentaire(texte="ok", auteur=lea))
        db.session.add(billet)
    db.session.commit()
    db.session.remove()


@pytest.mark.parametrize("nombre", [2, 8])
def test_nombre_d_instructions_constant(app, nombre):
    remplir(nombre)
    vues = []
    event.listen(db.engine, "before_cursor_execute", lambda *a: vues.append(a[2]))
    reponse = app.test_client().get("/membres/lea/billets")
    assert len(reponse.json) == nombre
    assert len(vues) == 3
