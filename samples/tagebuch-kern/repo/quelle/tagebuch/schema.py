"""Das Schema als Core-Tabellen. Sie sind die Wahrheit; die Klassen in `abbild` hängen sich nur daran."""
from sqlalchemy import (
    ARRAY,
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    DateTime,
    Enum,
    ForeignKey,
    Identity,
    Index,
    MetaData,
    String,
    Table,
    Text,
    func,
    text,
)

meta = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def schluessel() -> Column:
    return Column("nr", BigInteger, Identity(always=False), primary_key=True)


def verweis(name: str, ziel: str, *, loeschen: str, leer: bool = False) -> Column:
    return Column(name, ForeignKey(ziel, ondelete=loeschen), nullable=leer, index=True)


def erstellt() -> Column:
    return Column("erstellt", DateTime(timezone=True), nullable=False, server_default=func.now())


nutzer = Table(
    "nutzer",
    meta,
    schluessel(),
    Column("kennung", String(40), nullable=False),
    Column("anzeigename", String(80), nullable=False),
    Column("gesperrt", Boolean, nullable=False, server_default=text("false")),
    Column("geloescht_am", DateTime(timezone=True)),
    erstellt(),
    Index("uq_nutzer_kennung_aktiv", "kennung", unique=True, postgresql_where=text("geloescht_am IS NULL")),
)

eintrag = Table(
    "eintrag",
    meta,
    schluessel(),
    verweis("nutzer_nr", "nutzer.nr", loeschen="CASCADE"),
    Column("titel", String(160), nullable=False),
    Column("text", Text, nullable=False),
    Column("fremdlinks", ARRAY(Text), nullable=False, server_default=text("'{}'")),
    erstellt(),
)

rueckmeldung = Table(
    "rueckmeldung",
    meta,
    schluessel(),
    Column("art", Enum("kommentar", "gast", name="rueckmeldung_art"), nullable=False),
    verweis("eintrag_nr", "eintrag.nr", loeschen="CASCADE"),
    verweis("nutzer_nr", "nutzer.nr", loeschen="CASCADE", leer=True),
    Column("gastname", String(60)),
    Column("text", Text, nullable=False),
    erstellt(),
    CheckConstraint("(art = 'gast') = (nutzer_nr IS NULL)", name="verfasser"),
)

stichwort = Table(
    "stichwort",
    meta,
    schluessel(),
    Column("wort", String(50), nullable=False, unique=True),
)

eintrag_stichwort = Table(
    "eintrag_stichwort",
    meta,
    Column("eintrag_nr", ForeignKey("eintrag.nr", ondelete="CASCADE"), primary_key=True),
    Column("stichwort_nr", ForeignKey("stichwort.nr", ondelete="CASCADE"), primary_key=True, index=True),
)
