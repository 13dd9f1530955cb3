import sqlalchemy as sa

from tables import posts, users


def newest(connection, user_id):
    query = sa.select([posts], whereclause=(posts.c.user_id == user_id), order_by=sa.desc(posts.c.id), limit=10)
    return connection.execute(query).fetchall()


def by_name(connection, name):
    joined = posts.join(users, posts.c.user_id == users.c.id)
    query = sa.select([posts.c.title], users.c.name == name, [joined], order_by=[posts.c.id, posts.c.title])
    return connection.execute(query).fetchall()


def authors(connection):
    query = sa.select([posts.c.user_id], distinct=True, offset=5)
    return connection.execute(query).fetchall()


def everything(connection):
    query = sa.select([posts], whereclause=None, distinct=False)
    return connection.execute(query).fetchall()
