a = [x.id for x in xs if x if y]
b = {k: v for k, v in d.items()}
c = {x for x in xs}
d = (x for row in rows for x in row)
e = [x async for x in stream()]
f = [lambda: x for x in xs]
