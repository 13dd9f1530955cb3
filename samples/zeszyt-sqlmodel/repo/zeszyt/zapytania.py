"""Zapytania do bazy."""
from typing import Sequence

from sqlalchemy.orm import selectinload
from sqlmodel import Session, col, select

from zeszyt.modele import Etykieta, Uzytkownik, Wpis


def wpisy_uzytkownika(session: Session, login: str) -> Sequence[Wpis]:
    """Wszystkie wpisy użytkownika razem z komentarzami."""
    return session.exec(
        select(Wpis)
        .join(Uzytkownik)
        .where(Uzytkownik.login == login)
        .options(selectinload(Wpis.komentarze))
        .order_by(col(Wpis.utworzono).desc())
    ).all()


def najnowsze_wpisy(session: Session, limit: int = 20) -> Sequence[Wpis]:
    """Najnowsze wpisy z komentarzami i etykietami – eager loading, bez N+1."""
    return session.exec(
        select(Wpis)
        .options(selectinload(Wpis.komentarze), selectinload(Wpis.etykiety))
        .order_by(col(Wpis.utworzono).desc())
        .limit(limit)
    ).all()


def wszystkie_etykiety(session: Session) -> Sequence[Etykieta]:
    """Lista etykiet alfabetycznie."""
    return session.exec(select(Etykieta).order_by(Etykieta.nazwa)).all()
