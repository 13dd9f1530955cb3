class Plain: pass
class User(Base, Mixin):
    """A person."""
    __tablename__ = "users"
    id: Mapped[int] = mapped_column(primary_key=True)

    def __repr__(self): return self.name
class Model(SQLModel, table=True, **options): x = 1
class Empty(): ...
@dataclass(frozen=True)
class Point:
    class Inner: y = 2
