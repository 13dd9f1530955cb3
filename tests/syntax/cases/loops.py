for x in xs: print(x)
for a, (b, c) in pairs:
    pass
else:
    done()
for x in 1, 2: pass
async def f():
    async for row in stream: yield row
