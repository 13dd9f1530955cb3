// SPDX-License-Identifier: MIT
// Examples that the query kinds share: a library's authors and books, readers' reviews below a
// book. In the generic rubric of the examples, query "books_of_author" returns the books of an
// author with their reviews, and "eager" is the one that has to avoid a statement for each book.
#pragma once

#include "engine/checks/kind.hpp"

namespace assay::checks {

inline constexpr std::string_view k_book_models = R"(
from sqlalchemy import ForeignKey
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship

class Base(DeclarativeBase):
    pass

class Author(Base):
    __tablename__ = "authors"
    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str] = mapped_column(unique=True)
    books: Mapped[list["Book"]] = relationship(back_populates="author")

class Book(Base):
    __tablename__ = "books"
    id: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str]
    author_id: Mapped[int] = mapped_column(ForeignKey("authors.id"))
    author: Mapped["Author"] = relationship(back_populates="books")
    reviews: Mapped[list["Review"]] = relationship(back_populates="book")

class Review(Base):
    __tablename__ = "reviews"
    id: Mapped[int] = mapped_column(primary_key=True)
    text: Mapped[str]
    book_id: Mapped[int] = mapped_column(ForeignKey("books.id"))
    book: Mapped["Book"] = relationship(back_populates="reviews")
)";

inline constexpr std::string_view k_eager_query = R"(
from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload
from models import Book

def books_of_author(session: Session, author_id: int) -> list[Book]:
    """Books of an author with their reviews, loaded eagerly."""
    stmt = (
        select(Book)
        .where(Book.author_id == author_id)
        .options(selectinload(Book.reviews))
        .order_by(Book.title, Book.id)
    )
    return list(session.scalars(stmt))
)";

inline constexpr std::string_view k_lazy_query = R"(
from models import Book, Review

def books_of_author(session, author_id):
    result = []
    for book in session.query(Book).all():
        reviews = session.query(Review).filter(Review.book_id == book.id).all()
        result.append((book, reviews))
    return result
)";

inline constexpr std::string_view k_opaque_query = R"(
from company_tools import fetch
from models import Book

def books_of_author(session, author_id):
    """Books of an author with their reviews."""
    return fetch(session, Book, author_id)
)";

inline constexpr ExampleFile k_eager_books[] = {{"models.py", k_book_models},
                                                {"queries.py", k_eager_query}};
inline constexpr ExampleFile k_lazy_books[] = {{"models.py", k_book_models},
                                               {"queries.py", k_lazy_query}};
inline constexpr ExampleFile k_opaque_books[] = {{"models.py", k_book_models},
                                                 {"queries.py", k_opaque_query}};
inline constexpr ExampleFile k_no_books[] = {{"models.py", k_book_models}};

} // namespace assay::checks
