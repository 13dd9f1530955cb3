// SPDX-License-Identifier: MIT
// Examples that the migration kinds share: a library's authors and books, migrated by one revision.
#pragma once

#include "engine/checks/kind.hpp"

namespace assay::checks {

inline constexpr std::string_view k_library_models = R"(
from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

class Base(DeclarativeBase):
    pass

class Author(Base):
    __tablename__ = "authors"
    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str] = mapped_column(String(200), unique=True)

class Book(Base):
    __tablename__ = "books"
    id: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str] = mapped_column(String(200))
    author_id: Mapped[int] = mapped_column(ForeignKey("authors.id"))
)";

inline constexpr std::string_view k_library_ini = "[alembic]\nscript_location = migrations\n";

inline constexpr std::string_view k_library_env = R"(
from alembic import context
from sqlalchemy import create_engine
from models import Base

engine = create_engine("sqlite:///library.db")
with engine.connect() as connection:
    context.configure(connection=connection, target_metadata=Base.metadata)
    with context.begin_transaction():
        context.run_migrations()
)";

inline constexpr std::string_view k_library_revision = R"("""authors and books

Revision ID: 0001
Revises:
Create Date: 2025-01-01 10:00:00
"""
from alembic import op
import sqlalchemy as sa

revision = "0001"
down_revision = None

def upgrade():
    op.create_table(
        "authors",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("email", sa.String(200), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("email"),
    )
    op.create_table(
        "books",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(200), nullable=False),
        sa.Column("author_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["author_id"], ["authors.id"]),
        sa.PrimaryKeyConstraint("id"),
    )

def downgrade():
    op.drop_table("books")
    op.drop_table("authors")
)";

/// Everything in order.
inline constexpr ExampleFile k_migrated[] = {
  {"models.py", k_library_models},
  {"alembic.ini", k_library_ini},
  {"migrations/env.py", k_library_env},
  {"migrations/versions/0001_authors_and_books.py", k_library_revision},
};

/// Models without any migration.
inline constexpr ExampleFile k_not_migrated[] = {{"models.py", k_library_models}};

/// A revision whose work depends on what only running it would show.
inline constexpr ExampleFile k_opaque_migration[] = {
  {"models.py", k_library_models},
  {"alembic.ini", k_library_ini},
  {"migrations/env.py", k_library_env},
  {"migrations/versions/0001_generated.py", R"("""generated

Revision ID: 0001
"""
from schema_tools import build, remove

revision = "0001"
down_revision = None

def upgrade():
    build("library.xml")

def downgrade():
    remove("library.xml")
)"},
};

} // namespace assay::checks
