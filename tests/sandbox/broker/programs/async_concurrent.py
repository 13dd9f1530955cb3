# SPDX-License-Identifier: MIT
import asyncio
import sqlalchemy as sa
from sqlalchemy.ext.asyncio import create_async_engine
async def main():
    e = create_async_engine(f"sqlite+aiosqlite:///{path}", connect_args={"timeout": 20})
    async with e.begin() as c:
        await c.execute(sa.text("create table t(x)"))
    async def work(n):
        for m in range(5):
            async with e.begin() as c:
                await c.execute(sa.text("insert into t values(:x)"), {"x": n * 10 + m})
    await asyncio.gather(*(work(n) for n in range(4)))
    async with e.connect() as c:
        show(tuple((await c.execute(sa.text("select count(*), sum(x) from t"))).one()))
    await e.dispose()
asyncio.run(main())
