match command, 1:
    case [x, y] if x:
        a
    case {"k": 1, **rest} | Point(x=0): b
    case _:
        # nothing to do
        c
match x,:
    case -1: pass
match = {}
match[0] = match.get(1)
