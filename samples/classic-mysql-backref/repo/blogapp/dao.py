from sqlalchemy import text
from sqlalchemy.orm import joinedload, subqueryload

from .database import Session
from .models import BlogComment, BlogPost, BlogUser


def get_user_posts(username):
    """All posts of a user, newest first, comments are loaded too."""
    return (
        Session.query(BlogPost)
        .join(BlogPost.author)
        .filter(BlogUser.username == username)
        .options(subqueryload(BlogPost.comments))
        .order_by(BlogPost.created.desc())
        .all()
    )


def get_front_page(limit=10):
    """Posts with author, tags and comments in a single query (no N+1)."""
    return (
        Session.query(BlogPost)
        .options(
            joinedload(BlogPost.author),
            joinedload(BlogPost.tags),
            joinedload(BlogPost.comments).joinedload(BlogComment.author),
        )
        .order_by(BlogPost.created.desc())
        .limit(limit)
        .all()
    )


def search_posts(word, order="created DESC"):
    """Admin search in titles."""
    sql = "SELECT id, title FROM tbl_posts WHERE title LIKE '%%%s%%' ORDER BY %s" % (word, order)
    return Session.execute(text(sql)).fetchall()


def add_comment(post_id, user_id, content):
    comment = BlogComment(post_id=post_id, user_id=user_id, content=content)
    Session.add(comment)
    Session.commit()
    return comment.id
