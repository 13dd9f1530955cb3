from fastapi import Depends, FastAPI
from sqlalchemy.orm import Session

from . import crud
from .database import get_db

app = FastAPI()


@app.get("/users/{user_id}/posts")
def user_posts(user_id: int, db: Session = Depends(get_db)):
    return [
        {
            "title": post.title,
            "comments": [{"by": c.author.username, "text": c.content} for c in post.comments],
        }
        for post in crud.get_user_posts(db, user_id)
    ]


@app.get("/posts")
def posts(skip: int = 0, limit: int = 100, db: Session = Depends(get_db)):
    return [
        {"title": p.title, "author": p.author.username, "tags": [t.name for t in p.tags], "comments": len(p.comments)}
        for p in crud.get_posts(db, skip, limit)
    ]
