a = b = c = 1
a.b = 2
a[0], b = 1, 2
x: int
y: Mapped[int] = 3
a.z: str = "z"
x += 1
y //= 2
z @= m
total = (yield)
value = yield 1, 2
value = yield from source
(pair): bool = True
type(a).cache = {}
type = 1
match = type
print = None
