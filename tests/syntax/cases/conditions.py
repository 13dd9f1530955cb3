if a: b
elif c:
    d
elif e: f
else:
    g; h
if (n := len(a)) > 1:
    pass
while x:
    break
else:
    continue
