pass
del a, b[0]
del (c)
global d, e
def f():
    nonlocal g
return_ = 1
type Pair[T] = tuple[T, T]
type Id = int
x; y = 1;
