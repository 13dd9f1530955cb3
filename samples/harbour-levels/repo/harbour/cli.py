import typer

from harbour.core import session_scope
from harbour.queries import latest, log_book

app = typer.Typer()


@app.command()
def show(username: str) -> None:
    """Posts of one crew member."""
    with session_scope() as session:
        for entry in log_book(session, username):
            typer.echo(f"{entry['title']}: {', '.join(c['text'] for c in entry['comments']) or '-'}")


@app.command("latest")
def show_latest() -> None:
    """Newest posts."""
    with session_scope() as session:
        for post in latest(session):
            typer.echo(f"{post.title} by {post.owner.username} ({len(post.comments)})")


if __name__ == "__main__":
    app()
