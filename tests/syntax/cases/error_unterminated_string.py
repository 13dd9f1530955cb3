a = 1
b = "open
c = 3
d = f(x, "open
e = 5
