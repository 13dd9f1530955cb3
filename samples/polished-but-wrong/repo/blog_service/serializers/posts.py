"""JSON representation of posts."""
from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from blog_service.db.models import Post


def serialize_post(post: Post) -> dict[str, Any]:
    """Serialize one post including its comments and tags."""
    return {
        "id": post.id,
        "title": post.title,
        "author": post.author.display_name,
        "tags": sorted(tag.name for tag in post.tags),
        "comments": [{"id": c.id, "author": c.author.display_name, "body": c.body} for c in post.comments],
    }


def serialize_posts(posts: Iterable[Post]) -> list[dict[str, Any]]:
    """Serialize many posts."""
    return [serialize_post(post) for post in posts]
