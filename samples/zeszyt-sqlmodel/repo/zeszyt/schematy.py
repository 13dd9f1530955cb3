from datetime import datetime
from typing import List

from sqlmodel import SQLModel


class KomentarzOut(SQLModel):
    id: int
    tresc: str
    utworzono: datetime


class EtykietaOut(SQLModel):
    id: int
    nazwa: str


class WpisOut(SQLModel):
    id: int
    tytul: str
    tresc: str
    komentarze: List[KomentarzOut] = []
    komentujacy: List[str] = []


class WpisZEtykietami(WpisOut):
    etykiety: List[EtykietaOut] = []
