def plain(): pass
def all_kinds(a, b=1, /, c: int = 2, *args: str, d, e: bool = True, **rest) -> None:
    """Says what it does."""
    return
async def fetch(session):
    return await session.execute(query)
@decorator
@other.one(1, key=2)
def decorated(self): ...
def separated(a, *, b): return a, b
def generic[T](x: T) -> T: return x
