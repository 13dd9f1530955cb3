import uuid
from datetime import datetime
from typing import Annotated, Optional

from sqlalchemy import ForeignKey, String, func
from sqlalchemy.orm import mapped_column

SHORT = 50

int_pk = Annotated[int, mapped_column(primary_key=True)]
uuid_pk = Annotated[uuid.UUID, mapped_column(primary_key=True, default=uuid.uuid4)]
name_str = Annotated[str, mapped_column(String(SHORT))]
unique_name = Annotated[name_str, mapped_column(unique=True)]
timestamp = Annotated[datetime, mapped_column(server_default=func.now())]
user_fk = Annotated[int, mapped_column(ForeignKey("users.id", ondelete="SET NULL"))]
opt_text = Annotated[Optional[str], mapped_column(String(80))]
