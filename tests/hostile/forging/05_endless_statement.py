# SPDX-License-Identifier: MIT
# does: asks SQLite for rows without end
# first: raises
# second: raises
# statements: 1 1
# rows: same
from sqlalchemy import create_engine, text

engine = create_engine("sqlite:////assay/main")


def attack():
    with engine.connect() as connection:
        endless = "with recursive n(x) as (select 1 union all select x + 1 from n) select max(x) from n"
        return connection.execute(text(endless)).scalar()
