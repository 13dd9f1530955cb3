// SPDX-License-Identifier: MIT
#include "engine/report/html/fixes.hpp"

#include "engine/base/text.hpp"

#include <algorithm>
#include <array>

namespace assay::report::html {

namespace {

struct Fix {
  std::string_view kind;
  std::string_view example;
};

constexpr std::string_view k_eager_example =
  R"py(select(Post)
    .where(Post.author_id == user_id)
    .options(selectinload(Post.comments))  # one statement more, however many posts)py";

constexpr std::array k_fixes{
  Fix{"code.rules", R"py(stmt = select(Post).where(Post.title == title)     # bound, not pasted
result = await session.scalars(stmt)               # awaited)py"},
  Fix{"entity.mapped", R"py(class Tag(Base):
    __tablename__ = "tags"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(50), unique=True))py"},
  Fix{"mapping.configures", R"py(def test_mappers_configure():
    import app.models  # every module that has models
    configure_mappers())py"},
  Fix{"entity.primary_key", R"py(id: Mapped[int] = mapped_column(primary_key=True))py"},
  Fix{"entity.unique", R"py(email: Mapped[str] = mapped_column(String(255), unique=True)  # on User
name: Mapped[str] = mapped_column(String(50), unique=True)    # on Tag)py"},
  Fix{"entity.column",
      R"py(published_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True)))py"},
  Fix{
    "entity.check",
    R"py(__table_args__ = (CheckConstraint("rating BETWEEN 1 AND 5", name="rating_in_range"),))py"},
  Fix{"entity.enum", R"py(class Status(enum.Enum):
    DRAFT = "draft"
    PUBLISHED = "published"

status: Mapped[Status] = mapped_column(Enum(Status), default=Status.DRAFT))py"},
  Fix{"entity.credentials", R"py(password_hash: Mapped[str] = mapped_column(String(255))

def set_password(self, password: str) -> None:
    self.password_hash = bcrypt.hashpw(password.encode(), bcrypt.gensalt()).decode())py"},
  Fix{"entity.behaviour", R"py(session.add(Comment(post=post, author=user, body="First"))
session.commit()
session.expire_all()
assert post.comments[0].author is user)py"},
  Fix{"entity.not_null",
      R"py(title: Mapped[str] = mapped_column(String(200))          # NOT NULL
summary: Mapped[str | None] = mapped_column(Text)        # may be NULL)py"},
  Fix{"entity.type", R"py(title: Mapped[str] = mapped_column(String(200))
body: Mapped[str] = mapped_column(Text))py"},
  Fix{"entity.timestamp", R"py(created_at: Mapped[datetime] = mapped_column(
    DateTime(timezone=True), server_default=func.now()))py"},
  Fix{"entity.default_not_frozen",
      R"py(created_at = mapped_column(DateTime, default=utcnow)     # called for each row
created_at = mapped_column(DateTime, default=utcnow())   # called once, at import)py"},
  Fix{"entity.sane_types", R"py(published: Mapped[bool] = mapped_column(default=False)
status: Mapped[Status] = mapped_column(Enum(Status)))py"},
  Fix{"schema.naming", R"py(class Base(DeclarativeBase):
    metadata = MetaData(naming_convention={
        "ix": "ix_%(column_0_label)s",
        "uq": "uq_%(table_name)s_%(column_0_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }))py"},
  Fix{"module.import_clean", R"py(if __name__ == "__main__":
    Base.metadata.create_all(engine))py"},
  Fix{"mapping.single_metadata", R"py(# app/base.py, imported by every module of models
class Base(DeclarativeBase):
    pass)py"},
  Fix{"mapping.inheritance", R"py(class Article(Post):
    id: Mapped[int] = mapped_column(ForeignKey("posts.id"), primary_key=True)
    __mapper_args__ = {"polymorphic_identity": "article"}  # and polymorphic_on on Post)py"},
  Fix{"schema.creates", R"py(engine = create_engine("sqlite://")
Base.metadata.create_all(engine))py"},
  Fix{"mapping.style", R"py(class User(Base):
    """Someone who writes posts and comments."""

    def __repr__(self) -> str:
        return f"User(id={self.id!r}, email={self.email!r})")py"},
  Fix{"relation.fk", R"py(author_id: Mapped[int] = mapped_column(ForeignKey("users.id"), index=True)
author: Mapped["User"] = relationship(back_populates="posts"))py"},
  Fix{"relation.navigable", R"py(# on User
posts: Mapped[list["Post"]] = relationship(back_populates="author")
# on Post
author: Mapped["User"] = relationship(back_populates="posts"))py"},
  Fix{"relation.many_to_many", R"py(post_tags = Table(
    "post_tags", Base.metadata,
    Column("post_id", ForeignKey("posts.id"), primary_key=True),
    Column("tag_id", ForeignKey("tags.id"), primary_key=True))

# on Post
tags: Mapped[list["Tag"]] = relationship(secondary=post_tags, back_populates="posts"))py"},
  Fix{"relation.link_unique", R"py(Column("post_id", ForeignKey("posts.id"), primary_key=True),
Column("tag_id", ForeignKey("tags.id"), primary_key=True))py"},
  Fix{"relation.link_complete", R"py(Column("post_id", ForeignKey("posts.id"), primary_key=True),
Column("tag_id", ForeignKey("tags.id"), primary_key=True))py"},
  Fix{"relation.indexed",
      R"py(post_id: Mapped[int] = mapped_column(ForeignKey("posts.id"), index=True)

# the second column of a link table leads no key of its own
Index("ix_post_tags_tag_id", post_tags.c.tag_id))py"},
  Fix{"relation.delete", R"py(comments: Mapped[list["Comment"]] = relationship(
    back_populates="post", cascade="all, delete-orphan", passive_deletes=True)
# and on Comment
post_id: Mapped[int] = mapped_column(ForeignKey("posts.id", ondelete="CASCADE")))py"},
  Fix{"relation.not_null",
      R"py(author_id: Mapped[int] = mapped_column(ForeignKey("users.id"))  # NOT NULL)py"},
  Fix{"relation.one_to_one", R"py(# on User
profile: Mapped["Profile"] = relationship(back_populates="user")
# on Profile
user_id: Mapped[int] = mapped_column(ForeignKey("users.id"), unique=True))py"},
  Fix{"relation.self_reference",
      R"py(parent_id: Mapped[int | None] = mapped_column(ForeignKey("comments.id"))
parent: Mapped["Comment | None"] = relationship(remote_side=[id], back_populates="replies")
replies: Mapped[list["Comment"]] = relationship(back_populates="parent"))py"},
  Fix{"relation.tenant_scoped", R"py(__table_args__ = (
    ForeignKeyConstraint(["tenant_id", "post_id"], ["posts.tenant_id", "posts.id"]),
    UniqueConstraint("tenant_id", "slug")))py"},
  Fix{"relation.warnings", R"py(# both sides name each other
posts: Mapped[list["Post"]] = relationship(back_populates="author")
author: Mapped["User"] = relationship(back_populates="posts"))py"},
  Fix{"query.warnings", R"py(# pytest.ini
[pytest]
filterwarnings = error::sqlalchemy.exc.SAWarning)py"},
  Fix{"query.exists", k_eager_example},
  Fix{"query.includes", k_eager_example},
  Fix{"query.constant_statements", k_eager_example},
  Fix{"query.eager", k_eager_example},
  Fix{"query.eager_effective", R"py(select(User)
    .options(selectinload(User.posts).selectinload(Post.comments))  # the whole path)py"},
  Fix{"query.consumers", R"py(# the serialiser reads post.author and post.comments: load both
select(Post).options(joinedload(Post.author), selectinload(Post.comments)))py"},
  Fix{"query.filters", R"py(select(Post).where(Post.author_id == user_id))py"},
  Fix{"query.no_explosion",
      R"py(# two collections joined in one statement multiply each other's rows
select(Post).options(selectinload(Post.comments), selectinload(Post.tags)))py"},
  Fix{"query.shape", R"py(session.scalars(
    select(Post).options(joinedload(Post.comments))).unique().all())py"},
  Fix{"query.ordered", R"py(select(Post).order_by(Post.created_at.desc(), Post.id).limit(20))py"},
  Fix{"query.parameterised",
      R"py(session.execute(text("SELECT * FROM posts WHERE id = :id"), {"id": post_id}))py"},
  Fix{"query.session", R"py(with Session(engine) as session, session.begin():
    ...)py"},
  Fix{"query.style", R"py(def posts_of(session: Session, user_id: int) -> Sequence[Post]:
    """All posts of a user with their comments.""")py"},
  Fix{"migration.environment", R"py(alembic init migrations
# alembic.ini
script_location = migrations)py"},
  Fix{"migration.revisions", R"py(# after target_metadata is set in env.py
alembic revision --autogenerate -m "Create the blog's tables")py"},
  Fix{"migration.tables", R"py(def upgrade() -> None:
    op.create_table(
        "tags",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("name", sa.String(50), nullable=False, unique=True)))py"},
  Fix{"migration.upgrade", R"py(# on an empty database, before handing in
alembic upgrade head)py"},
  Fix{"migration.roundtrip", R"py(alembic upgrade head
alembic downgrade base     # leaves nothing: enum types are dropped too
alembic upgrade head)py"},
  Fix{"migration.reviewable", R"py("""Create the blog's tables."""

revision = "3f1c9d2a7b40"
down_revision = None)py"},
  Fix{"migration.self_contained",
      R"py(# in a revision: columns as they were then, nothing imported from the application
posts = sa.table("posts", sa.column("id"), sa.column("slug"))
op.execute(posts.update().values(slug=sa.cast(posts.c.id, sa.String))))py"},
  Fix{"migration.downgrade", R"py(def downgrade() -> None:
    op.drop_table("post_tags")   # those that refer to others first
    op.drop_table("comments")
    op.drop_table("posts"))py"},
  Fix{"migration.metadata_wired", R"py(# env.py
from app.models import Base
target_metadata = Base.metadata)py"},
  Fix{"migration.single_head", R"py(alembic merge heads -m "Join the two branches")py"},
  Fix{"migration.matches", R"py(alembic check     # what the models have and the migrations do not
alembic revision --autogenerate -m "Catch up with the models")py"},
  Fix{"migration.safe_operations",
      R"py(op.add_column("posts", sa.Column("slug", sa.String(200), nullable=True))
op.execute("UPDATE posts SET slug = 'post-' || id")
op.alter_column("posts", "slug", nullable=False))py"},
};

} // namespace

std::string_view fix_example(std::string_view kind)
{
  const auto* const found = std::ranges::find(k_fixes, kind, &Fix::kind);
  return found == k_fixes.end() ? std::string_view() : found->example;
}

Markup lines(std::string_view text)
{
  Markup all;
  bool first = true;
  for (const std::string_view line : split(text, '\n')) {
    if (!first) {
      all << "\n";
    }
    all << line;
    first = false;
  }
  return all;
}

} // namespace assay::report::html
