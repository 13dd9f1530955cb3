import pytest

from dagboek.managers import sessie
from dagboek.modellen import Auteur, Bericht, Model, Persoon, Reactie
from dagboek.opstarten import verbinden


@pytest.fixture(autouse=True)
def gegevens(tmp_path):
    Model.metadata.create_all(verbinden(f"sqlite:///{tmp_path}/t.db"))
    s = sessie()
    an = Auteur(email="an@x.nl", voornaam="An", achternaam="Bos", pagina="an")
    jo = Persoon(email="jo@x.nl", voornaam="Jo", achternaam="Vis")
    b = Bericht(auteur=an, titel="Eén", inhoud="...")
    r = Reactie(bericht=b, persoon=jo, tekst="mooi")
    s.add_all([b, r, Reactie(bericht=b, persoon=an, tekst="dank", op=r)])
    s.commit()
    yield
    sessie.remove()


def test_van_auteur():
    (bericht,) = Bericht.objecten.van_auteur(1)
    assert [r.tekst for r in bericht.reacties] == ["mooi", "dank"]


def test_voorpagina():
    assert [b.auteur.naam for b in Bericht.objecten.voorpagina()] == ["An Bos"]
