a = f"{user.name} wrote {len(posts)}"
b = f"{{literal}} {x!r:>{width}.2f}"
c = f"{total=} {count = }"
d = rf"\d{n}"
e = f"{d['key']}"
f = F"""{
    first
} and {second}"""
g = f"{width:=10}"
h = f"{(n := 3)}"
i = f"nothing"
