"""Core-Tabellen."""
from sqlalchemy import (
    CheckConstraint,
    Column,
    DateTime,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
    func,
)

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
    }
)

benutzer = Table(
    "benutzer",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("email", String(254), nullable=False),
    Column("anzeigename", String(80), nullable=False),
    Column("angelegt_am", DateTime, nullable=False, server_default=func.now()),
    UniqueConstraint("email"),
)

beitrag = Table(
    "beitrag",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("autor_id", ForeignKey("benutzer.id", ondelete="RESTRICT"), nullable=False),
    Column("titel", String(200), nullable=False),
    Column("inhalt", Text, nullable=False),
    Column("erstellt_am", DateTime, nullable=False, server_default=func.now()),
    Column("geloescht_am", DateTime),
    CheckConstraint("length(titel) > 0", name="titel_nicht_leer"),
)
Index(None, beitrag.c.autor_id, beitrag.c.erstellt_am)

kommentar = Table(
    "kommentar",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("beitrag_id", ForeignKey("beitrag.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("autor_id", ForeignKey("benutzer.id", ondelete="RESTRICT"), nullable=False, index=True),
    Column("text", Text, nullable=False),
    Column("erstellt_am", DateTime, nullable=False, server_default=func.now()),
)

schlagwort = Table(
    "schlagwort",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("name", String(50), nullable=False),
    Index("uq_schlagwort_name", "name", unique=True),
)

beitrag_schlagwort = Table(
    "beitrag_schlagwort",
    metadata,
    Column("beitrag_id", ForeignKey("beitrag.id", ondelete="CASCADE"), primary_key=True),
    Column("schlagwort_id", ForeignKey("schlagwort.id", ondelete="CASCADE"), primary_key=True, index=True),
    Column("position", Integer, nullable=False, server_default="0"),
)
