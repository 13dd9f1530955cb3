from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship


class Base(DeclarativeBase):
    pass


class User(Base):
    __tablename__ = "users"

    id: Mapped[int] = mapped_column(primary_key=True)
    username: Mapped[str] = mapped_column(String(50), unique=True)


class Post(Base):
    __tablename__ = "posts"

    id: Mapped[int] = mapped_column(primary_key=True)
    author_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    title: Mapped[str] = mapped_column(String(200))

    author: Mapped[User] = relationship()
    comments: Mapped[list["Comment"]] = relationship()

    @property
    def headline(self):
        return self.title.upper()

    @headline.setter
    def headline(self, text):
        self.title = f"{text} ({len(self.comments)})"

    @property
    def byline(self):
        return self.author.username

    @byline.setter
    def byline(self, text):
        self.comments.clear()

    @byline.deleter
    def byline(self):
        self.comments.clear()


class Comment(Base):
    __tablename__ = "comments"

    id: Mapped[int] = mapped_column(primary_key=True)
    post_id: Mapped[int] = mapped_column(ForeignKey("posts.id"))
