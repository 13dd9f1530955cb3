"""Use cases."""
from __future__ import annotations

from typing import Any

from quill.domain.model import Story
from quill.domain.ports import UnitOfWork


def story_to_dict(story: Story) -> dict[str, Any]:
    return {
        "id": story.id,
        "headline": story.headline,
        "author": story.author.handle,
        "labels": story.labels,
        "remarks": [{"by": r.author.handle, "text": r.text} for r in story.remarks],
    }


def author_digest(uow: UnitOfWork, author_id: int) -> list[dict[str, Any]]:
    """All stories of an author with remarks, ready for JSON."""
    with uow:
        return [story_to_dict(story) for story in uow.stories.by_author(author_id)]
