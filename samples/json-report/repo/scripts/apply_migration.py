"""Run migrations/0001_blog.py without an Alembic environment."""
import importlib.util
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from alembic.migration import MigrationContext  # noqa: E402
from alembic.operations import Operations  # noqa: E402

from blogstore.engine import make_engine  # noqa: E402


def main(direction: str) -> None:
    spec = importlib.util.spec_from_file_location("rev_0001", ROOT / "migrations" / "0001_blog.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    with make_engine().begin() as connection:
        with Operations.context(MigrationContext.configure(connection)):
            (module.upgrade if direction == "up" else module.downgrade)()


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else "up")
