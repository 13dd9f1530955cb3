from sqlalchemy import insert, select

from tables import posts, users


def posts_by_user(connection, name):
    stmt = (
        select(posts.c.id, posts.c.title)
        .select_from(posts.join(users, posts.c.user_id == users.c.id))
        .where(users.c.name == name)
        .order_by(posts.c.id)
    )
    return connection.execute(stmt).fetchall()


def all_posts(connection, user_id):
    return connection.execute(posts.select().where(posts.c.user_id == user_id)).mappings().all()


def add(connection, title):
    connection.execute(insert(posts).values(title=title))
