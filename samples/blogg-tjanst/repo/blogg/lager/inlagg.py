from collections.abc import Sequence

from sqlalchemy.orm import joinedload, selectinload

from blogg.dom.modeller import Inlagg, Kommentar
from blogg.lager.bas import AsyncForrad


class InlaggForrad(AsyncForrad[Inlagg]):
    """Inlägg med skribent, etiketter, kommentarer och kommentatorer."""

    modell = Inlagg
    laddning = (
        joinedload(Inlagg.skribent),
        selectinload(Inlagg.etiketter),
        selectinload(Inlagg.kommentarer).joinedload(Kommentar.skribent),
    )

    async def av_skribent(self, skribent_id: int, antal: int = 50, fran: int = 0) -> Sequence[Inlagg]:
        """En skribents inlägg med kommentarer."""
        return await self.lista(Inlagg.skribent_id == skribent_id, antal=antal, fran=fran)
