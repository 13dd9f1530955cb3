# SPDX-License-Identifier: MIT
import sqlalchemy as sa
from sqlalchemy import orm
Base = orm.declarative_base()
link = sa.Table("link", Base.metadata, sa.Column("p", sa.ForeignKey("post.id"), primary_key=True), sa.Column("t", sa.ForeignKey("tag.id"), primary_key=True))
class User(Base):
    __tablename__ = "user"
    id = sa.Column(sa.Integer, primary_key=True)
    name = sa.Column(sa.String, unique=True, nullable=False)
    posts = orm.relationship("Post", back_populates="author", cascade="all, delete-orphan")
class Post(Base):
    __tablename__ = "post"
    id = sa.Column(sa.Integer, primary_key=True)
    title = sa.Column(sa.String)
    author_id = sa.Column(sa.ForeignKey("user.id"), nullable=False)
    author = orm.relationship("User", back_populates="posts")
    tags = orm.relationship("Tag", secondary=link, back_populates="posts")
class Tag(Base):
    __tablename__ = "tag"
    id = sa.Column(sa.Integer, primary_key=True)
    label = sa.Column(sa.String)
    posts = orm.relationship("Post", secondary=link, back_populates="tags")
e = sa.create_engine(f"sqlite:///{path}")
Base.metadata.create_all(e)
with orm.Session(e) as s:
    u = User(name="ann")
    tags = [Tag(label=f"t{n}") for n in range(3)]
    for n in range(5):
        u.posts.append(Post(title=f"p{n}", tags=tags[:n % 3]))
    s.add(u)
    s.commit()
    show(u.id, [p.id for p in u.posts])
with orm.Session(e) as s:
    rows = s.execute(sa.select(Post.title, sa.func.count(Tag.id)).outerjoin(Post.tags).group_by(Post.id).order_by(Post.id)).all()
    show([tuple(row) for row in rows])
    u = s.execute(sa.select(User).options(orm.selectinload(User.posts).selectinload(Post.tags))).scalar_one()
    show([[t.label for t in p.tags] for p in u.posts])
    s.delete(u.posts[0])
    s.flush()
    show(s.scalar(sa.select(sa.func.count(Post.id))))
    s.rollback()
    show(s.scalar(sa.select(sa.func.count(Post.id))))
    s.add(User(name="ann"))
    attempt(s.commit)
    s.rollback()
    s.add(Post(title="nobody"))
    attempt(s.flush)
e.dispose()
