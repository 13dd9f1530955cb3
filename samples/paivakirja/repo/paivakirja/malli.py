"""Käyttäjät, merkinnät, kommentit ja avainsanat."""
from sqlalchemy import Column, ForeignKey, Integer, String, Table, Text
from sqlalchemy.orm import backref, declared_attr, relationship

from paivakirja.perusta import Kanta, Poistettava

merkinta_avainsana = Table(
    "merkinta_avainsana",
    Kanta.metadata,
    Column("merkinta_tunnus", ForeignKey("merkinta.tunnus", ondelete="CASCADE"), primary_key=True),
    Column("avainsana_tunnus", ForeignKey("avainsana.tunnus", ondelete="CASCADE"), primary_key=True, index=True),
)


class Kirjoittajallinen:
    """Sarake ja suhde kirjoittajaan; jokainen aliluokka saa Kayttaja-luokkaan oman kokoelmansa."""

    @declared_attr
    def kayttaja_tunnus(cls):
        return Column(Integer, ForeignKey("kayttaja.tunnus", ondelete="CASCADE"), nullable=False, index=True)

    @declared_attr
    def kayttaja(cls):
        return relationship(
            "Kayttaja", backref=backref(cls.kokoelma, cascade="all, delete-orphan", passive_deletes=True)
        )


class Kayttaja(Kanta):
    """Käyttäjä kirjautuu nimimerkillä."""

    nimimerkki = Column(String(40), nullable=False, unique=True, index=True)
    sahkoposti = Column(String(254), nullable=False, unique=True)


class Merkinta(Kirjoittajallinen, Poistettava, Kanta):
    """Päiväkirjamerkintä."""

    kokoelma = "merkinnat"

    otsikko = Column(String(200), nullable=False)
    teksti = Column(Text, nullable=False)

    kommentit = relationship(
        "Kommentti",
        back_populates="merkinta",
        cascade="all, delete-orphan",
        passive_deletes=True,
        order_by="Kommentti.tunnus",
    )
    avainsanat = relationship("Avainsana", secondary=merkinta_avainsana, backref="merkinnat")


class Kommentti(Kirjoittajallinen, Poistettava, Kanta):
    """Kommentti merkintään."""

    kokoelma = "kommentit"

    merkinta_tunnus = Column(ForeignKey("merkinta.tunnus", ondelete="CASCADE"), nullable=False, index=True)
    teksti = Column(Text, nullable=False)

    merkinta = relationship("Merkinta", back_populates="kommentit")


class Avainsana(Kanta):
    """Avainsana."""

    sana = Column(String(40), nullable=False, unique=True)
