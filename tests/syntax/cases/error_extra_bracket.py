a = f(1))
b = 2
class C(Base)):
    x = 1
d = 4
