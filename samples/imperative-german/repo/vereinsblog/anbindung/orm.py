"""Tabellen und imperative Zuordnung der Fachklassen."""
from sqlalchemy import Column, DateTime, ForeignKey, Integer, String, Table, Text
from sqlalchemy.orm import registry, relationship

from vereinsblog.fachmodell import modell

mapper_registry = registry()
metadata = mapper_registry.metadata

mitglieder = Table(
    "mitglieder",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("anmeldename", String(30), nullable=False, unique=True),
    Column("email", String(120), nullable=False, unique=True),
    Column("anzeigename", String(60), nullable=False),
)

beitraege = Table(
    "beitraege",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("mitglied_id", ForeignKey("mitglieder.id"), nullable=False, index=True),
    Column("titel", String(150), nullable=False),
    Column("text", Text),
    Column("erstellt_am", DateTime(timezone=True), nullable=False, default=modell.jetzt),
)

kommentare = Table(
    "kommentare",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("beitrag_id", ForeignKey("beitraege.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("mitglied_id", ForeignKey("mitglieder.id"), nullable=False),
    Column("text", Text, nullable=False),
    Column("geschrieben_am", DateTime(timezone=True), nullable=False),
)

schlagwoerter = Table(
    "schlagwoerter",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("wort", String(40), nullable=False, unique=True),
)

beitrag_schlagwort = Table(
    "beitrag_schlagwort",
    metadata,
    Column("beitrag_id", ForeignKey("beitraege.id", ondelete="CASCADE"), primary_key=True),
    Column("schlagwort_id", ForeignKey("schlagwoerter.id", ondelete="CASCADE"), primary_key=True),
)


def start_mappers() -> None:
    """Verbindet Fachklassen und Tabellen. Darf nur einmal je Prozess aufgerufen werden."""
    mapper_registry.map_imperatively(
        modell.Mitglied,
        mitglieder,
        properties={
            "beitraege": relationship(modell.Beitrag, back_populates="verfasser", cascade="all, delete-orphan"),
            "kommentare": relationship(modell.Kommentar, back_populates="verfasser", cascade="all, delete-orphan"),
        },
    )
    mapper_registry.map_imperatively(
        modell.Beitrag,
        beitraege,
        properties={
            "verfasser": relationship(modell.Mitglied, back_populates="beitraege"),
            "kommentare": relationship(
                modell.Kommentar,
                back_populates="beitrag",
                cascade="all, delete-orphan",
                passive_deletes=True,
                order_by=kommentare.c.id,
            ),
            "schlagwoerter": relationship(
                modell.Schlagwort, secondary=beitrag_schlagwort, back_populates="beitraege"
            ),
        },
    )
    mapper_registry.map_imperatively(
        modell.Kommentar,
        kommentare,
        properties={
            "beitrag": relationship(modell.Beitrag, back_populates="kommentare"),
            "verfasser": relationship(modell.Mitglied, back_populates="kommentare"),
        },
    )
    mapper_registry.map_imperatively(
        modell.Schlagwort,
        schlagwoerter,
        properties={
            "beitraege": relationship(
                modell.Beitrag, secondary=beitrag_schlagwort, back_populates="schlagwoerter"
            ),
        },
    )
