from sqlalchemy import CheckConstraint, Column, ForeignKey, ForeignKeyConstraint, Index, Integer, PrimaryKeyConstraint, String
from sqlalchemy import UniqueConstraint, func, text
from sqlalchemy.orm import DeclarativeBase, declared_attr


class Base(DeclarativeBase):
    pass


class Tenanted:
    tenant_id = Column(Integer, nullable=False)

    @declared_attr.directive
    def __table_args__(cls):
        return (Index(f"ix_{cls.__tablename__}_tenant", "tenant_id"), {"schema": "blog"})


COMMON = (CheckConstraint("length(title) > 0"),)


class User(Base):
    __tablename__ = "users"
    __table_args__ = (
        UniqueConstraint("tenant_id", "email", name="uq_user_email"),
        Index("ix_user_lower", func.lower("email")),
        Index("ix_user_expr", text("lower(nick)"), unique=True),
        Index("ix_user_live", "email", unique=True, postgresql_where=text("deleted_at IS NULL")),
        {"sqlite_autoincrement": True},
    )
    id = Column(Integer, primary_key=True)
    tenant_id = Column(Integer)
    email = Column("email_address", String(100))
    nick = Column(String(20))


class Post(Base):
    __tablename__ = "posts"
    id = Column(Integer)
    tenant_id = Column(Integer)
    title = Column(String(100))
    user_id = Column(Integer, nullable=False)
    __table_args__ = COMMON + (
        PrimaryKeyConstraint(id, tenant_id, name="pk_posts"),
        ForeignKeyConstraint(["user_id", "tenant_id"], ["users.id", "users.tenant_id"], ondelete="CASCADE", name="fk_author"),
        Index(None, user_id, title.desc()),
    )


class Note(Tenanted, Base):
    __tablename__ = "notes"
    id = Column(Integer, primary_key=True)
    parent_id = Column(ForeignKey("blog.notes.id"))


class Plain(Base):
    __tablename__ = "plain"
    __table_args__ = {"schema": "other", "comment": "no constraints"}
    id = Column(Integer, primary_key=True)
    code = Column(String(5))


class Opaque(Base):
    __tablename__ = "opaque"
    __table_args__ = make_args("opaque")
    id = Column(Integer, primary_key=True)


Index("ix_plain_code", Plain.code, unique=True)
Index("ix_plain_upper", func.upper(Plain.__table__.c.code))
