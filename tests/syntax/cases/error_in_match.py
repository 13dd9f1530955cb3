match command:
    case [a]:
        b = = 1
        c = 2
    case _:
        d = 3
e = 4
