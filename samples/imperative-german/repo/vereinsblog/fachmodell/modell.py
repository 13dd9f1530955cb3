"""Fachmodell: reine Python-Klassen."""
from datetime import datetime, timezone


def jetzt() -> datetime:
    return datetime.now(timezone.utc)


class Mitglied:
    """Ein Vereinsmitglied mit Zugang zum Blog."""

    def __init__(self, anmeldename: str, email: str, anzeigename: str | None = None):
        self.anmeldename = anmeldename
        self.email = email
        self.anzeigename = anzeigename or anmeldename
        self.beitraege = []
        self.kommentare = []

    def __repr__(self):
        return f"<Mitglied {self.anmeldename}>"


class Beitrag:
    """Ein Blogbeitrag."""

    def __init__(self, titel: str, text: str, verfasser: "Mitglied | None" = None):
        self.titel = titel
        self.text = text
        self.verfasser = verfasser

    def kommentieren(self, mitglied: "Mitglied", text: str) -> "Kommentar":
        kommentar = Kommentar(text, mitglied)
        self.kommentare.append(kommentar)
        return kommentar

    def verschlagworten(self, *schlagwoerter: "Schlagwort") -> None:
        for schlagwort in schlagwoerter:
            if schlagwort not in self.schlagwoerter:
                self.schlagwoerter.append(schlagwort)

    def __repr__(self):
        return f"<Beitrag {self.titel!r}>"


class Kommentar:
    def __init__(self, text: str, verfasser: "Mitglied"):
        self.text = text
        self.verfasser = verfasser
        self.geschrieben_am = jetzt()

    def __repr__(self):
        return f"<Kommentar von {self.verfasser_id}>"


class Schlagwort:
    def __init__(self, wort: str):
        self.wort = wort.strip().lower()

    def __repr__(self):
        return f"<Schlagwort {self.wort}>"
