class A:
x = 1
def f():
    a = 1
      b = 2
    c = 3
def g():
    # only a comment
y = 2
