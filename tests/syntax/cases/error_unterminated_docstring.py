class A(Base):
    x = 1

def f():
    """never closed
    y = 2

class B(Base):
    z = 3
