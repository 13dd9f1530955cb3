a = 1 < x <= 3 != y
b = x is not None
c = x not in (1, 2)
d = x is y in z
e = x not   in y
