import sqlite3


def posts_by_user(user_id):
    connection = sqlite3.connect("blog.db")
    cursor = connection.cursor()
    cursor.execute("SELECT * FROM posts WHERE user_id = ?", (user_id,))
    return cursor.fetchall()


def by_title(connection, title):
    return connection.execute(f"SELECT * FROM posts WHERE title = '{title}'").fetchall()
