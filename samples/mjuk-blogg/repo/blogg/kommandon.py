"""Kommandoraden."""
import typer

from blogg.db import session
from blogg.lasning import inlagg_av

program = typer.Typer()


@program.command()
def visa(anvandarnamn: str) -> None:
    """Visa en medlems inlägg med kommentarer."""
    try:
        for inlagg in inlagg_av(anvandarnamn):
            typer.echo(inlagg.rubrik)
            for kommentar in inlagg.kommentarer:
                typer.echo(f"  {kommentar.medlem.anvandarnamn}: {kommentar.text}")
    finally:
        session.remove()
