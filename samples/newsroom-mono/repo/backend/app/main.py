from typing import Annotated

from fastapi import Depends, FastAPI, Query
from sqlalchemy.orm import Session

from app.crud import feed
from app.db import get_db
from app.schemas import PostOut

app = FastAPI(title="Newsroom")
Db = Annotated[Session, Depends(get_db)]


@app.get("/users/{user_id}/posts", response_model=list[PostOut])
def user_posts(user_id: int, db: Db, page: Annotated[int, Query(ge=1)] = 1):
    return feed.user_feed(db, user_id, page)


@app.get("/posts", response_model=list[PostOut])
def posts(db: Db, page: Annotated[int, Query(ge=1)] = 1):
    return feed.front_page(db, page)
