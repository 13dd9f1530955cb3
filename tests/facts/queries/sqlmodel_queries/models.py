from sqlmodel import Field, Relationship, SQLModel


class UserBase(SQLModel):
    name: str = Field(unique=True)


class User(UserBase, table=True):
    id: int | None = Field(default=None, primary_key=True)
    posts: list["Post"] = Relationship(back_populates="author")


class Post(SQLModel, table=True):
    id: int | None = Field(default=None, primary_key=True)
    title: str
    draft: bool = False
    author_id: int = Field(foreign_key="user.id")
    author: User = Relationship(back_populates="posts", sa_relationship_kwargs={"lazy": "joined"})
