import pytest
from sqlalchemy.ext.asyncio import AsyncSession, create_async_engine

from blogg.dom.modeller import Etikett, Inlagg, Kommentar, Rot, Skribent
from blogg.lager.inlagg import InlaggForrad
from blogg.tjanst.inlagg import InlaggTjanst


@pytest.fixture
async def s():
    motor = create_async_engine("sqlite+aiosqlite://")
    async with motor.connect() as anslutning:
        yttre = await anslutning.begin()
        await anslutning.run_sync(Rot.metadata.create_all)
        async with AsyncSession(anslutning, join_transaction_mode="create_savepoint") as session:
            yield session
        await yttre.rollback()
    await motor.dispose()


async def test_vyer(s):
    eva = Skribent(anvandarnamn="eva", epost="eva@ex.se")
    s.add(Inlagg(rubrik="Hej", brodtext="-", skribent=eva, etiketter=[Etikett(namn="sql")],
                 kommentarer=[Kommentar(text="bra", skribent=eva)]))
    await s.commit()
    s.expunge_all()
    (vy,) = await InlaggTjanst(InlaggForrad(s)).av_skribent(1)
    assert (vy.etiketter, vy.kommentarer[0].av) == (["sql"], "eva")
