# SPDX-License-Identifier: MIT
import asyncio, aiosqlite
async def main():
    async with aiosqlite.connect(path) as db:
        db.row_factory = aiosqlite.Row
        await db.execute("create table t(id integer primary key, x text)")
        cursor = await db.execute("insert into t(x) values(?)", ("a",))
        show(cursor.lastrowid, cursor.rowcount)
        await db.executemany("insert into t(x) values(?)", [("b",), ("c",)])
        await db.commit()
        async with db.execute("select * from t") as cursor:
            async for row in cursor:
                show(row["id"], row["x"])
        show([tuple(r) for r in await db.execute_fetchall("select x from t")])
        try:
            await db.execute("select * from nothing")
        except aiosqlite.OperationalError as error:
            show(error)
        await db.create_function("twice", 1, lambda x: x * 2)
        show(tuple(await (await db.execute("select twice(4)")).fetchone()), db.in_transaction, db.total_changes)
        show([line async for line in db.iterdump()])
asyncio.run(main())
