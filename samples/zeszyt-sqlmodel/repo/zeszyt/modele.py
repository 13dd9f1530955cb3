from datetime import datetime, timezone
from typing import List, Optional

from sqlalchemy import Column, Text
from sqlmodel import Field, Relationship, SQLModel


def teraz() -> datetime:
    return datetime.now(timezone.utc)


class WpisEtykieta(SQLModel, table=True):
    """Tabela łącząca wpisy z etykietami."""

    wpis_id: Optional[int] = Field(default=None, foreign_key="wpis.id", primary_key=True)
    etykieta_id: Optional[int] = Field(default=None, foreign_key="etykieta.id", primary_key=True)


class Uzytkownik(SQLModel, table=True):
    """Konto użytkownika."""

    id: Optional[int] = Field(default=None, primary_key=True)
    login: str = Field(max_length=40, unique=True, index=True)
    email: str = Field(max_length=200)
    bio: Optional[str] = Field(default=None, max_length=500)

    wpisy: List["Wpis"] = Relationship(back_populates="autor")
    komentarze: List["Komentarz"] = Relationship(back_populates="autor")


class Etykieta(SQLModel, table=True):
    """Etykieta (tag)."""

    id: Optional[int] = Field(default=None, primary_key=True)
    nazwa: str = Field(max_length=30, index=True)

    wpisy: List["Wpis"] = Relationship(back_populates="etykiety", link_model=WpisEtykieta)


class Wpis(SQLModel, table=True):
    """Wpis na blogu."""

    id: Optional[int] = Field(default=None, primary_key=True)
    tytul: str = Field(max_length=200)
    tresc: str = Field(sa_column=Column(Text, nullable=False))
    utworzono: datetime = Field(default_factory=teraz)
    autor_id: int = Field(foreign_key="uzytkownik.id", index=True)

    autor: Uzytkownik = Relationship(back_populates="wpisy")
    komentarze: List["Komentarz"] = Relationship(
        back_populates="wpis", sa_relationship_kwargs={"cascade": "all, delete-orphan", "order_by": "Komentarz.id"}
    )
    etykiety: List[Etykieta] = Relationship(back_populates="wpisy", link_model=WpisEtykieta)

    @property
    def komentujacy(self) -> List[str]:
        """Kto skomentował wpis (loginy, bez powtórzeń)."""
        return sorted({k.autor.login for k in self.komentarze if k.autor is not None})


class Komentarz(SQLModel, table=True):
    """Komentarz pod wpisem; bez autora = gość."""

    id: Optional[int] = Field(default=None, primary_key=True)
    tresc: str = Field(sa_column=Column(Text, nullable=False))
    utworzono: datetime = Field(default_factory=teraz)
    wpis_id: int = Field(foreign_key="wpis.id", index=True)
    autor_id: Optional[int] = Field(default=None, foreign_key="uzytkownik.id")

    wpis: Wpis = Relationship(back_populates="komentarze")
    autor: Optional[Uzytkownik] = Relationship(back_populates="komentarze")
