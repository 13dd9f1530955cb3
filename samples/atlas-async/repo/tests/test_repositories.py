import pytest_asyncio
from sqlalchemy import event
from sqlalchemy.ext.asyncio import AsyncSession, create_async_engine

from atlas.models import Base, Comment, Post, PostStatus, Tag, User
from atlas.repositories import PostRepository


@pytest_asyncio.fixture
async def engine(tmp_path):
    engine = create_async_engine(f"sqlite+aiosqlite:///{tmp_path}/t.db")
    async with engine.begin() as c:
        await c.run_sync(Base.metadata.create_all)
    yield engine
    await engine.dispose()


async def _posts(engine, n):
    async with AsyncSession(engine, expire_on_commit=False) as s, s.begin():
        a = User(username=f"a{n}", email=f"a{n}@example.org")
        for i in range(n):
            p = Post(title="t", slug=f"t-{n}-{i}", body="b", author=a, status=PostStatus.published)
            p.tags = [Tag(name=f"tag-{n}-{i}")]
            p.comments = [Comment(body="c", author=User(username=f"u{n}{i}", email=f"u{n}{i}@example.org"))]
            s.add(p)
    return a.id


async def test_statement_count_does_not_depend_on_rows(engine):
    counts = []
    for n in (2, 7):
        await _posts(engine, n)
        seen = []

        def count(*args):
            seen.append(args[2])

        event.listen(engine.sync_engine, "before_cursor_execute", count)
        async with AsyncSession(engine) as s:
            posts = await PostRepository(s).published()
        assert all(p.comments[0].author.username for p in posts)
        event.remove(engine.sync_engine, "before_cursor_execute", count)
        counts.append(len(seen))
    assert counts == [3, 3]


async def test_only_own_posts(engine):
    one = await _posts(engine, 2)
    await _posts(engine, 3)
    async with AsyncSession(engine) as s:
        assert len(await PostRepository(s).list_by_author(one)) == 2
