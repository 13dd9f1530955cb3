from sqlalchemy import ForeignKey
from sqlalchemy.orm import DeclarativeBase, Mapped, declared_attr, mapped_column, relationship

from naming import table_name_for


class Base(DeclarativeBase):
    id: Mapped[int] = mapped_column(primary_key=True)

    @declared_attr.directive
    def __tablename__(cls) -> str:
        return table_name_for(cls)


class UserAccount(Base):
    posts: Mapped[list["BlogPost"]] = relationship(back_populates="author")


class BlogPost(Base):
    author_id: Mapped[int] = mapped_column(ForeignKey("user_accounts.id"))
    author: Mapped[UserAccount] = relationship(back_populates="posts")
