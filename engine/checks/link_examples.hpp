// SPDX-License-Identifier: MIT
// Examples about link tables, shared by the kinds that judge them. The domain is that of
// examples.hpp.
#pragma once

#include "engine/checks/kind.hpp"

namespace assay::checks {

inline constexpr ExampleFile k_sound_link[] = {{"models.py", R"(
from sqlalchemy import Column, ForeignKey, Table
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship

class Base(DeclarativeBase):
    pass

book_genres = Table(
    "book_genres",
    Base.metadata,
    Column("book_id", ForeignKey("books.id", ondelete="CASCADE"), primary_key=True),
    Column("genre_id", ForeignKey("genres.id", ondelete="CASCADE"), primary_key=True, index=True),
)

class Book(Base):
    __tablename__ = "books"
    id: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str]
    genres: Mapped[list["Genre"]] = relationship(secondary=book_genres)

class Genre(Base):
    __tablename__ = "genres"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
)"}};

inline constexpr ExampleFile k_keyless_link[] = {{"models.py", R"(
from sqlalchemy import Column, ForeignKey, Integer, Table
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship

class Base(DeclarativeBase):
    pass

book_genres = Table(
    "book_genres",
    Base.metadata,
    Column("id", Integer, primary_key=True),
    Column("book_id", ForeignKey("books.id")),
    Column("genre_id", ForeignKey("genres.id")),
)

class Book(Base):
    __tablename__ = "books"
    id: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str]
    genres: Mapped[list["Genre"]] = relationship(secondary=book_genres)

class Genre(Base):
    __tablename__ = "genres"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
)"}};

} // namespace assay::checks
