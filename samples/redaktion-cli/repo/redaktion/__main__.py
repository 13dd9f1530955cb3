"""Kommandozeile."""
import argparse
import json

from redaktion.abfragen import beitraege_von, startseite
from redaktion.datenbank import Sitzung, engine
from redaktion.modelle import Beitrag, Benutzer, Kommentar, Schlagwort


def cmd_beitraege(args: argparse.Namespace) -> None:
    with Sitzung() as s:
        for b in beitraege_von(s, args.email):
            print(f"# {b.titel} ({len(b.kommentare)} Kommentare)")
            for k in b.kommentare:
                print(f"  - {k.autor}: {k.text}")


def cmd_startseite(args: argparse.Namespace) -> None:
    with Sitzung() as s:
        daten = [
            {
                "titel": b.titel,
                "autor": b.autor.anzeigename,
                "schlagworte": [w.name for w in b.schlagworte],
                "kommentare": [{"autor": k.autor.anzeigename, "text": k.text} for k in b.kommentare],
            }
            for b in startseite(s, args.grenze)
        ]
    print(json.dumps(daten, ensure_ascii=False, indent=2))


def cmd_migrieren(args: argparse.Namespace) -> None:
    from redaktion.migrieren import hochziehen

    hochziehen()


def cmd_demo(args: argparse.Namespace) -> None:
    with Sitzung.begin() as s:
        anna = Benutzer(email="anna@example.org", anzeigename="Anna")
        b = Beitrag(titel="Hallo", inhalt="Welt", autor=anna)
        b.schlagworte.append(Schlagwort(name="python"))
        b.kommentare.append(Kommentar(text="Schön!", autor=Benutzer(email="ben@example.org", anzeigename="Ben")))
        s.add(b)


def main() -> None:
    p = argparse.ArgumentParser(prog="redaktion")
    sub = p.add_subparsers(required=True)
    x = sub.add_parser("beitraege")
    x.add_argument("email")
    x.set_defaults(func=cmd_beitraege)
    x = sub.add_parser("startseite")
    x.add_argument("--grenze", type=int, default=20)
    x.set_defaults(func=cmd_startseite)
    sub.add_parser("migrieren").set_defaults(func=cmd_migrieren)
    sub.add_parser("demo").set_defaults(func=cmd_demo)
    args = p.parse_args()
    args.func(args)


if __name__ == "__main__":
    main()
