from __future__ import annotations

from dataclasses import dataclass, field
from typing import Optional

from sqlalchemy import Column, ForeignKey, Integer, MetaData, String, Table
from sqlalchemy.orm import Mapped, mapped_column, registry, relationship

reg = registry(metadata=MetaData(naming_convention={"pk": "pk_%(table_name)s"}))
Base = reg.generate_base()


@reg.mapped
@dataclass
class User:
    __table__ = Table(
        "users",
        reg.metadata,
        Column("id", Integer, primary_key=True),
        Column("name", String(50), nullable=False),
    )
    id: int = field(init=False)
    name: Optional[str] = None

    __mapper_args__ = {"properties": {"unused": None}}


@reg.mapped
@dataclass
class Address:
    __tablename__ = "addresses"
    __sa_dataclass_metadata_key__ = "sa"

    id: int = field(init=False, metadata={"sa": Column(Integer, primary_key=True)})
    user_id: int = field(init=False, metadata={"sa": Column(ForeignKey("users.id"), nullable=False)})
    owner: User = field(default=None, metadata={"sa": relationship("User")})


@reg.mapped_as_dataclass
class Note:
    __tablename__ = "notes"

    id: Mapped[int] = mapped_column(init=False, primary_key=True)
    text: Mapped[str]


class Label(Base):
    __tablename__ = "labels"
    id = Column(Integer, primary_key=True)
