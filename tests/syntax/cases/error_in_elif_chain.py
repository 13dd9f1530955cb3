if a:
    b = 1
elif c:
    d = = 2
elif e:
    f = 3
else:
    g = 4
