"""Čtení, která zadání chtělo."""
from collections.abc import Sequence

from sqlalchemy.orm import Session

from zapisnik.model import Prispevek
from zapisnik.specifikace import NapsalUzivatel, Nejnovejsi, SAutoremAStitky, SKomentari, Specifikace
from zapisnik.uloziste import Uloziste


def prispevky_uzivatele(relace: Session, prezdivka: str) -> Sequence[Prispevek]:
    """Všechny příspěvky uživatele s komentáři a jejich autory; dva dotazy celkem."""
    spec = NapsalUzivatel(prezdivka) & SKomentari() & Nejnovejsi()
    return Uloziste(Prispevek, relace).najdi(spec)


def titulni_strana(relace: Session, pocet: int = 10) -> Sequence[Prispevek]:
    """Nejnovější příspěvky se vším, co šablona potřebuje, bez N+1 (tři dotazy)."""
    spec: Specifikace = SAutoremAStitky() & SKomentari() & Nejnovejsi(pocet)
    return Uloziste(Prispevek, relace).najdi(spec)
