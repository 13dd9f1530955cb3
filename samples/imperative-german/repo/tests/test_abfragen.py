from vereinsblog.anbindung import abfragen
from vereinsblog.fachmodell.modell import Beitrag, Mitglied, Schlagwort


def test_beitraege_eines_mitglieds(sitzung):
    anna, bernd = Mitglied("anna", "anna@verein.de"), Mitglied("bernd", "bernd@verein.de")
    b = Beitrag("Sommerfest", "Es war schön.", anna)
    b.kommentieren(bernd, "Stimmt!")
    b.verschlagworten(Schlagwort("Fest"))
    sitzung.add_all([b, Beitrag("Anderes", "x", bernd)])
    sitzung.commit()
    (gefunden,) = abfragen.beitraege_eines_mitglieds(sitzung, "anna")
    assert [k.text for k in gefunden.kommentare] == ["Stimmt!"]
