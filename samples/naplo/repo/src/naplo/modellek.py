"""Adatmodell. A szerzőket egy másik szolgáltatás tartja karban, ezért a bejegyzések lazán kötődnek hozzájuk."""
from datetime import datetime, timezone
from enum import Enum as PyEnum

from sqlalchemy import Column, DateTime, Enum, ForeignKey, Integer, String, Text
from sqlalchemy.ext.hybrid import hybrid_property
from sqlalchemy.orm import foreign, registry, relationship, remote

nyilvantarto = registry()


def most():
    return datetime.now(timezone.utc)


class Allapot(PyEnum):
    VAZLAT = "vazlat"
    KOZZETETT = "kozzetett"


@nyilvantarto.mapped
class Szerzo:
    """Szerző, egyben a hozzászólások írója."""

    __tablename__ = "szerzok"

    id = Column(Integer, primary_key=True)
    felhasznalonev = Column(String(40), nullable=False, unique=True)
    email = Column(String(200), nullable=False, unique=True)
    jelszo_hash = Column(String(200), nullable=False)
    letrehozva = Column(DateTime(timezone=True), nullable=False, default=most)

    bejegyzesek = relationship(
        "Bejegyzes",
        primaryjoin=lambda: Szerzo.id == foreign(remote(Bejegyzes.szerzo_id)),
        back_populates="szerzo",
        cascade="all, delete-orphan",
    )
    hozzaszolasok = relationship("Hozzaszolas", back_populates="szerzo", cascade="all, delete-orphan")

    def __repr__(self):
        return f"<Szerzo {self.felhasznalonev}>"


@nyilvantarto.mapped
class Bejegyzes:
    """Blogbejegyzés."""

    __tablename__ = "bejegyzesek"

    id = Column(Integer, primary_key=True)
    szerzo_id = Column(Integer, nullable=False, index=True)
    cim = Column(String(200), nullable=False)
    szoveg = Column(Text, nullable=False)
    allapot = Column(Enum(Allapot, name="bejegyzes_allapot"), nullable=False, default=Allapot.KOZZETETT)
    letrehozva = Column(DateTime(timezone=True), nullable=False, default=most)

    szerzo = relationship(
        "Szerzo", primaryjoin=lambda: foreign(Bejegyzes.szerzo_id) == Szerzo.id, back_populates="bejegyzesek"
    )
    hozzaszolasok = relationship("Hozzaszolas", back_populates="bejegyzes", cascade="all, delete-orphan")

    @hybrid_property
    def nyilvanos(self):
        return self.allapot == Allapot.KOZZETETT

    def __repr__(self):
        return f"<Bejegyzes {self.cim!r}>"


@nyilvantarto.mapped
class Hozzaszolas:
    """Hozzászólás egy bejegyzéshez."""

    __tablename__ = "hozzaszolasok"

    id = Column(Integer, primary_key=True)
    bejegyzes_id = Column(ForeignKey("bejegyzesek.id", ondelete="CASCADE"), nullable=False, index=True)
    szerzo_id = Column(ForeignKey("szerzok.id", ondelete="CASCADE"), nullable=False, index=True)
    szoveg = Column(Text, nullable=False)
    letrehozva = Column(DateTime(timezone=True), nullable=False, default=most)

    bejegyzes = relationship("Bejegyzes", back_populates="hozzaszolasok")
    szerzo = relationship("Szerzo", back_populates="hozzaszolasok")

    def __repr__(self):
        return f"<Hozzaszolas {self.id}>"


@nyilvantarto.mapped
class Cimke:
    """Címke."""

    __tablename__ = "cimkek"

    id = Column(Integer, primary_key=True)
    nev = Column(String(50), nullable=False, unique=True)

    def __repr__(self):
        return f"<Cimke {self.nev}>"


@nyilvantarto.mapped
class BejegyzesCimke:
    """Melyik bejegyzésen melyik címke van, és ki tette rá."""

    __tablename__ = "bejegyzes_cimke"

    bejegyzes_id = Column(ForeignKey("bejegyzesek.id", ondelete="CASCADE"), primary_key=True)
    cimke_id = Column(ForeignKey("cimkek.id", ondelete="CASCADE"), primary_key=True)
    felvette = Column(String(40))
