from dataclasses import dataclass

from blogg.lager.inlagg import InlaggForrad


@dataclass
class KommentarVy:
    text: str
    av: str


@dataclass
class InlaggVy:
    id: int
    rubrik: str
    av: str
    etiketter: list[str]
    kommentarer: list[KommentarVy]


class InlaggTjanst:
    """Översätter förrådets objekt till vyer."""

    def __init__(self, forrad: InlaggForrad) -> None:
        self.forrad = forrad

    @staticmethod
    def _vy(inlagg) -> InlaggVy:
        return InlaggVy(
            inlagg.id,
            inlagg.rubrik,
            inlagg.skribent.anvandarnamn,
            sorted(e.namn for e in inlagg.etiketter),
            [KommentarVy(k.text, k.skribent.anvandarnamn) for k in inlagg.kommentarer],
        )

    async def av_skribent(self, skribent_id: int, antal: int = 50) -> list[InlaggVy]:
        return [self._vy(i) for i in await self.forrad.av_skribent(skribent_id, antal)]

    async def senaste(self, antal: int = 50) -> list[InlaggVy]:
        return [self._vy(i) for i in await self.forrad.lista(antal=antal)]
