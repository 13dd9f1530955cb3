def f(a, b:
    return a

@decorated
def g(a b):
    return a
class (Base):
    x = 1
if a = b:
    c = 1
elif a == = d:
    e = 1
else:
    h = 1
z = 1
