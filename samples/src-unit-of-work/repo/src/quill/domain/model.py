"""Domain objects. They know nothing about the database."""
from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Author:
    id: int
    handle: str
    display_name: str


@dataclass(frozen=True, slots=True)
class Remark:
    id: int
    text: str
    written_at: datetime
    author: Author


@dataclass(slots=True)
class Story:
    id: int
    headline: str
    text: str
    author: Author
    published_at: datetime | None
    remarks: list[Remark] = field(default_factory=list)
    labels: list[str] = field(default_factory=list)
