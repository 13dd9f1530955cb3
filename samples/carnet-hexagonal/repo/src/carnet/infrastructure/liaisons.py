"""Table de liaison article <-> étiquette."""
from sqlalchemy import Column, ForeignKey, Table

from carnet.infrastructure.tables import metadata

article_etiquette = Table(
    "article_etiquette",
    metadata,
    Column("article_id", ForeignKey("articles.id", ondelete="CASCADE"), primary_key=True),
    Column("etiquette_id", ForeignKey("etiquettes.id", ondelete="CASCADE"), primary_key=True),
)
