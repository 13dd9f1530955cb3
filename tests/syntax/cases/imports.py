import a
import a.b.c as d, e
import a . b
from a import b
from a.b import c as d, e
from a import (
    b,  # first
    c,
)
from . import models
from .base import Base
from ...pkg.mod import *
from __future__ import annotations
