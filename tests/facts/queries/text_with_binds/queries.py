from sqlalchemy import select, text

from models import Post


def posts_by_user(session, user_id):
    sql = text("SELECT p.id, c.body FROM posts p LEFT JOIN comments c ON c.post_id = p.id WHERE p.author_id = :user_id")
    return session.execute(sql, {"user_id": user_id}).all()


def mapped(session, user_id):
    stmt = select(Post).from_statement(text("SELECT * FROM posts WHERE author_id = :u").bindparams(u=user_id))
    return session.scalars(stmt).all()
