from sqlalchemy import String, Text
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column


class Base(DeclarativeBase):
    pass


class Tag(Base):
    __tablename__ = "tags"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(unique=True)
    other: Mapped[str] = mapped_column(String)
    good: Mapped[str] = mapped_column(String(30))
    text: Mapped[str] = mapped_column(Text)
