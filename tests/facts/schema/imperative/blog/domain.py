from dataclasses import dataclass, field
from typing import List


@dataclass
class User:
    """Somebody who writes."""

    email: str
    posts: List["Post"] = field(default_factory=list)


@dataclass
class Post:
    title: str


class Tag:
    def __init__(self, label: str):
        self.label = label
