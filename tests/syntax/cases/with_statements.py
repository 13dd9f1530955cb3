with open(a): pass
with open(a) as f, open(b) as (g, h): pass
with (open(a) as f, open(b) as g): pass
with (
    Session() as session,
    session.begin(),
):
    pass
with (a, b): pass
with (one if x else two) as f: pass
with one if x else two as f: pass
async def run():
    async with Session() as session, session.begin(): pass
