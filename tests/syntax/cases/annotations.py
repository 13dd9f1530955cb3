a: Mapped[dict[str, int]]
b: Optional["User"] = None
c: int | None
d: list[Post] | Query | None = None
e: typing.Annotated[int, mapped_column(primary_key=True)]
f: Callable[[int], str]
def g(a: list[int] | None = None, *args: int, **rest: "Any") -> dict[str, list["Post"]]: pass
type: Mapped[str]
match: Mapped[str] = mapped_column()
