try:
    a
except ValueError:
    raise
except (A, b.C) as error:
    raise Other("x") from error
except:
    pass
else:
    b
finally:
    c
try: a
finally: b
try: a
except* Group as group: b
assert x, "message"
assert y
