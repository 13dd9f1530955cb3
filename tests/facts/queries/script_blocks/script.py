from sqlalchemy import create_engine
from sqlalchemy.orm import joinedload, sessionmaker

from models import Base, Post, User

engine = create_engine("sqlite://")
Session = sessionmaker(bind=engine)


def seed():
    session = Session()
    ana = User(username="ana", email="ana@example.org")
    ana.posts.append(Post(title="Hola", body="..."))
    session.add(ana)
    session.commit()
    session.close()


def main():
    Base.metadata.create_all(engine)
    seed()

    # 1. con N+1: una consulta por post
    session = Session()
    for post in session.query(Post).filter(Post.author_id == 1).all():
        for comment in post.comments:
            print(comment.body)
    session.close()

    # 2. sin N+1
    session = Session()
    posts = session.query(Post).options(joinedload(Post.comments)).filter(Post.author_id == 1).all()
    for post in posts:
        print(post.title, [comment.body for comment in post.comments])


if __name__ == "__main__":
    main()
