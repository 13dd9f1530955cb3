"""Tables principales."""
from sqlalchemy import Column, DateTime, ForeignKey, Integer, String, Table, Text, func
from sqlalchemy.orm import registry

registre = registry()
metadata = registre.metadata

utilisateurs = Table(
    "utilisateurs",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("pseudo", String(40), nullable=False, unique=True),
    Column("courriel", String(254), nullable=False, unique=True),
    Column("inscrit_le", DateTime, nullable=False, server_default=func.now()),
)

articles = Table(
    "articles",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("auteur_id", ForeignKey("utilisateurs.id"), nullable=False, index=True),
    Column("titre", String(200), nullable=False),
    Column("contenu", Text, nullable=False),
    Column("cree_le", DateTime, nullable=False, server_default=func.now()),
)

commentaires = Table(
    "commentaires",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("article_id", ForeignKey("articles.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("auteur_id", ForeignKey("utilisateurs.id"), nullable=False),
    Column("texte", Text, nullable=False),
    Column("cree_le", DateTime, nullable=False, server_default=func.now()),
)

etiquettes = Table(
    "etiquettes",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("nom", String(50), nullable=False, unique=True),
)
