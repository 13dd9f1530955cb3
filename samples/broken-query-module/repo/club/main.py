from fastapi import Depends, FastAPI
from pydantic import BaseModel, ConfigDict
from sqlalchemy.orm import Session

from club import queries
from club.database import get_db

app = FastAPI()


class CommentOut(BaseModel):
    model_config = ConfigDict(from_attributes=True)
    text: str


class EntryOut(BaseModel):
    model_config = ConfigDict(from_attributes=True)
    id: int
    title: str
    comments: list[CommentOut]


@app.get("/members/{handle}/entries", response_model=list[EntryOut])
def member_entries(handle: str, db: Session = Depends(get_db)):
    return queries.entries_of_member(db, handle)


@app.get("/", response_model=list[EntryOut])
def front_page(limit: int = 20, db: Session = Depends(get_db)):
    return queries.latest_entries(db, limit)
