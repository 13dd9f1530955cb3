"""Command line."""
import click

from magazine.db import Session
from magazine.statements import OVERVIEW, POSTS_OF_WRITER


@click.group()
def main() -> None:
    """The magazine."""


@main.command()
@click.argument("email")
def posts(email: str) -> None:
    """Print the posts of a writer with their comments."""
    with Session() as session:
        for post in session.scalars(POSTS_OF_WRITER, {"email": email}):
            click.echo(f"{post.title} ({post.comment_count})")
            for comment in post.comments:
                click.echo(f"  {comment.number}. {comment.body}")


@main.command()
def overview() -> None:
    """Print everything."""
    with Session() as session:
        for writer in session.scalars(OVERVIEW):
            click.echo(writer.name)
            for post in writer.posts:
                click.echo(f"  {post.title} [{', '.join(tag.name for tag in post.tags)}]")
                for comment in post.comments:
                    click.echo(f"    {comment.person.name}: {comment.body}")


if __name__ == "__main__":
    main()
