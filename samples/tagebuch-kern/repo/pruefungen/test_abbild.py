from sqlalchemy.orm import configure_mappers

from tagebuch.abbild import Eintrag, Gastbeitrag, Kommentar, Nutzer


def test_beide_seiten():
    configure_mappers()
    eintrag = Eintrag(titel="t", text="x", nutzer=Nutzer(kennung="k", anzeigename="K"))
    eintrag.rueckmeldungen += [Kommentar(text="a", nutzer=eintrag.nutzer), Gastbeitrag(text="b", gastname="G")]
    eintrag.woerter.append("sql")
    assert eintrag.nutzer.eintraege == [eintrag]
    assert eintrag.stichworte[0].wort == "sql"
