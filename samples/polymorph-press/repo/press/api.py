from fastapi import Depends, FastAPI, HTTPException
from sqlalchemy import select
from sqlalchemy.orm import Session

from press import labels  # noqa: F401  (completes the mapping)
from press.dto import PostDTO, post_dto
from press.people import Person
from press.session import get_session
from press.shelf import Shelf

app = FastAPI(title="polymorph press")


@app.get("/people/{handle}/posts")
def posts_of(handle: str, session: Session = Depends(get_session)) -> list[PostDTO]:
    person = session.scalars(select(Person).where(Person.handle == handle)).one_or_none()
    if person is None:
        raise HTTPException(404)
    return [post_dto(post) for post in Shelf(session).posts_by(person)]
