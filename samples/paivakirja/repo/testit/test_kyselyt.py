import pytest
from sqlalchemy import create_engine
from sqlalchemy.orm import Session

from paivakirja.kyselyt import etusivu, kayttajan_merkinnat
from paivakirja.malli import Avainsana, Kayttaja, Kommentti, Merkinta
from paivakirja.perusta import Kanta


@pytest.fixture
def istunto():
    moottori = create_engine("sqlite://")
    Kanta.metadata.create_all(moottori)
    with Session(moottori) as istunto:
        aino = Kayttaja(nimimerkki="aino", sahkoposti="aino@esim.fi")
        merkinta = Merkinta(otsikko="Eka", teksti="...", kayttaja=aino, avainsanat=[Avainsana(sana="sql")])
        merkinta.kommentit = [Kommentti(teksti="hyvä", kayttaja=aino), Kommentti(teksti="roska", kayttaja=aino)]
        istunto.add(merkinta)
        istunto.commit()
        yield istunto


def test_poistettu_kommentti_ei_nay(istunto):
    istunto.query(Kommentti).filter_by(teksti="roska").one().poista()
    istunto.commit()
    istunto.expunge_all()
    (merkinta,) = kayttajan_merkinnat(istunto, "aino")
    assert [k.teksti for k in merkinta.kommentit] == ["hyvä"]


def test_poistettu_merkinta_ei_nay(istunto):
    etusivu(istunto)[0].poista()
    istunto.commit()
    assert etusivu(istunto) == []
