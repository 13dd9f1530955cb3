from sqlalchemy import select, text

from models import Post

COLUMNS = {"title": "title", "date": "created_at"}
ALLOWED = ("title", "created_at")
TABLE = "posts"


def by_tag(session, tag):
    return session.execute(text(f"SELECT * FROM posts WHERE tags LIKE '%{tag}%'")).all()


def by_name(session, name):
    return session.execute(text("SELECT * FROM posts WHERE title = '%s'" % name)).all()


def by_id(session, key):
    return session.execute(text("SELECT * FROM posts WHERE id = {}".format(key))).all()


def by_title(session, title):
    sql = "SELECT * FROM posts WHERE title = '" + title + "'"
    return session.execute(text(sql)).all()


def ordered(session, column):
    return session.execute(text(f"SELECT id FROM posts ORDER BY {COLUMNS[column]}")).all()


def checked(session, column):
    if column not in ALLOWED:
        raise ValueError(column)
    return session.execute(text(f"SELECT id FROM posts ORDER BY {column}")).all()


def constant(session):
    return session.execute(text(f"SELECT count(*) FROM {TABLE}")).scalar()


def mapped_name(session):
    return session.execute(text(f"SELECT id FROM {Post.__tablename__}")).all()


def bound_pattern(session, tag):
    return session.scalars(select(Post).where(Post.title.like(f"%{tag}%"))).all()
