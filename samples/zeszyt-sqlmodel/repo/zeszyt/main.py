from typing import List

from fastapi import Depends, FastAPI
from sqlmodel import Session

from zeszyt import zapytania
from zeszyt.baza import get_session
from zeszyt.schematy import EtykietaOut, WpisOut, WpisZEtykietami

app = FastAPI(title="Zeszyt")


@app.get("/uzytkownicy/{login}/wpisy", response_model=List[WpisOut])
def wpisy_uzytkownika(login: str, session: Session = Depends(get_session)):
    return zapytania.wpisy_uzytkownika(session, login)


@app.get("/wpisy", response_model=List[WpisZEtykietami])
def wpisy(limit: int = 20, session: Session = Depends(get_session)):
    return zapytania.najnowsze_wpisy(session, limit)


@app.get("/etykiety", response_model=List[EtykietaOut])
def etykiety(session: Session = Depends(get_session)):
    return zapytania.wszystkie_etykiety(session)
