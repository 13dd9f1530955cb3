# SPDX-License-Identifier: MIT
"""Measures a batch against the obvious script: batch.py [--count 24] [--jobs 2] [--assay PROGRAM] [--runtime ROOT].

The submissions are samples with functions renamed and lengths changed, each a git repository of its own. The obvious
script clones one, runs `alembic upgrade head`, `downgrade base` and `upgrade head`, and a pytest file that imports
the models, creates their tables and counts the statements of loading each class: a process each, as many scripts at
a time as the batch has jobs. It runs in the root filesystem of the runtime, where the Python packages are; that
needs root. Both start with cold caches of repositories; memory is the most that all processes had at one time.
"""
from __future__ import annotations

import argparse
import concurrent.futures
import csv
import os
import pathlib
import random
import re
import shutil
import subprocess
import sys
import tempfile
import threading
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]
CHROOT = shutil.which("chroot", path="/usr/sbin:/usr/bin:/sbin:/bin") or "chroot"

COUNTS_STATEMENTS = '''
import importlib, pathlib, sys

import sqlalchemy as sa
from sqlalchemy import event, orm


def test_models():
    registries, statements = [], []
    event.listen(orm.Mapper, "after_mapper_constructed", lambda mapper, cls: registries.append(mapper))
    for path in sorted(pathlib.Path(".").rglob("*.py")):
        if "class " in path.read_text(errors="replace") and "env.py" not in path.name and path.name != "test_obvious.py":
            try:
                importlib.import_module(".".join(path.with_suffix("").parts))
            except Exception as failure:
                print(path, failure)
    orm.configure_mappers()
    engine = sa.create_engine("sqlite://")
    for mapper in registries:
        mapper.class_.metadata.create_all(engine)
    event.listen(engine, "before_cursor_execute", lambda *a: statements.append(a[2]))
    with orm.Session(engine) as session:
        for mapper in registries:
            session.scalars(sa.select(mapper.class_)).unique().all()
    print(len(statements))
'''


def varied(folder: pathlib.Path, number: int) -> None:
    """Renames some functions and changes lengths of columns, the same in all files but migrations."""
    chance = random.Random(number)
    texts = {path: path.read_text(errors="surrogateescape") for path in folder.rglob("*.py")}
    named = sorted(set(re.findall(r"^def ([a-z]\w*_\w+)\(", "\n".join(texts.values()), re.M)))
    renamed = {name: f"{name}_{number}" for name in named if not name.startswith("test_") and chance.random() < 0.7}
    for path, text in texts.items():
        if "down_revision" not in text and path.name != "env.py":
            if renamed:
                text = re.sub(r"\b(" + "|".join(renamed) + r")\b", lambda match: renamed[match[1]], text)
            text = re.sub(r"String\((\d\d+)\)", lambda match: f"String({int(match[1]) + number % 40})", text)
            path.write_text(text + f"\n# version {number}\n", errors="surrogateescape")


def make_submissions(folder: pathlib.Path, count: int) -> list[pathlib.Path]:
    samples = sorted(path for path in (ROOT / "samples").glob("*/repo") if path.is_dir())
    made = []
    for number in range(count):
        place = folder / f"submission-{number:03}"
        shutil.copytree(samples[number * 7 % len(samples)], place)
        varied(place, number)
        git = ["git", "-C", str(place), "-c", "user.name=Ana", "-c", "user.email=ana@example.org"]
        for words in (["init", "-q", "-b", "main"], ["add", "-A"], ["commit", "-q", "-m", "Work"]):
            subprocess.run(git + words, check=True)
        made.append(place)
    return made


class Memory(threading.Thread):
    """The most that the descendants of this process had in memory, in MiB; shared pages count once."""

    def __init__(self) -> None:
        super().__init__(daemon=True)
        self.most = 0.0
        self.ended = threading.Event()
        self.start()

    def run(self) -> None:
        while not self.ended.wait(0.2):
            self.most = max(self.most, sum(map(self.share, self.descendants())) / 1024)

    def stop(self) -> float:
        self.ended.set()
        self.join()
        return self.most

    @staticmethod
    def descendants() -> list[str]:
        parents = {}
        for pid in filter(str.isdigit, os.listdir("/proc")):
            try:
                parents[pid] = pathlib.Path("/proc", pid, "stat").read_text().rsplit(")", 1)[1].split()[1]
            except OSError:
                continue
        found = [str(os.getpid())]
        for pid in found:
            found += [child for child, parent in parents.items() if parent == pid]
        return found[1:]

    @staticmethod
    def share(pid: str) -> int:
        try:
            return int(re.search(r"^Pss: +(\d+)", pathlib.Path("/proc", pid, "smaps_rollup").read_text(), re.M)[1])
        except (OSError, TypeError):
            return 0


def obvious(repository: pathlib.Path, root: pathlib.Path) -> None:
    """The script itself, for one submission."""
    place = root / "inbox" / repository.name
    subprocess.run(["git", "clone", "-q", f"file://{repository}", str(place)], check=True)
    (place / "test_obvious.py").write_text(COUNTS_STATEMENTS)
    ini = sorted(place.rglob("alembic.ini"), key=lambda path: len(path.parts))
    inside = f"/inbox/{repository.name}"
    below = "/" + str(ini[0].parent.relative_to(root)) if ini else inside
    database = f"sqlite:////inbox/{repository.name}/obvious.db"
    for folder, words in [
        (below, ["alembic", "upgrade", "head"]),
        (below, ["alembic", "downgrade", "base"]),
        (below, ["alembic", "upgrade", "head"]),
        (inside, ["pytest", "-q", "-p", "no:cacheprovider", "test_obvious.py"]),
    ]:
        code = (
            "import os, runpy, sys; os.chdir(sys.argv[1]); sys.path.insert(0, sys.argv[1]); sys.argv = sys.argv[2:];"
            "runpy.run_module(sys.argv[0], run_name='__main__')"
        )
        subprocess.run(
            [CHROOT, str(root), "/usr/bin/python3", "-c", code, folder] + words,
            env={"PATH": "/usr/bin", "HOME": "/inbox", "DATABASE_URL": database, "PYTHONPATH": inside},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            timeout=120,
        )


def enter_runtime(runtime: pathlib.Path, place: pathlib.Path) -> pathlib.Path:
    """A writable root with the packages of the runtime; mounts end with this process."""
    root = place / "root"
    root.mkdir()
    for entry in runtime.iterdir():
        if entry.is_symlink():
            (root / entry.name).symlink_to(os.readlink(entry))
    for name in ("usr", "tmp", "inbox", "dev"):
        (root / name).mkdir()
    (root / "dev/null").touch()
    # Read-only: whoever clears the folder away must not clear the runtime with it.
    for source, target in ((runtime / "usr", root / "usr"), (pathlib.Path("/dev/null"), root / "dev/null")):
        subprocess.run(["mount", "--bind", str(source), str(target)], check=True)
    subprocess.run(["mount", "-o", "remount,ro,bind", str(root / "usr")], check=True)
    return root


def measured(what: str, count: int, work) -> float:
    memory = Memory()
    begun = time.monotonic()
    work()
    seconds = time.monotonic() - begun
    print(f"{what:<18}{count / seconds:8.2f} submissions/s  {memory.stop():6.0f} MiB", flush=True)
    return count / seconds


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--count", type=int, default=24)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--assay", default=str(ROOT / "build/release/engine/cli/assay"))
    parser.add_argument("--runtime", default="/var/lib/assay/runtimes/sqlalchemy-2.0/root")
    options = parser.parse_args()
    if os.environ.get("ASSAY_BENCH_INSIDE") is None:
        os.environ["ASSAY_BENCH_INSIDE"] = "1"
        os.execvp("unshare", ["unshare", "--mount", sys.executable] + sys.argv)
    with tempfile.TemporaryDirectory() as folder:
        place = pathlib.Path(folder)
        repositories = make_submissions(place, options.count)
        with open(place / "list.csv", "w", newline="") as stream:
            rows = csv.writer(stream)
            rows.writerow(["candidate", "repository"])
            rows.writerows([path.name, f"file://{path}"] for path in repositories)
        environment = {**os.environ, "XDG_CACHE_HOME": str(place / "cache")}

        def batch() -> None:
            words = ["batch", str(place / "list.csv"), "--db", str(place / "results.sqlite"), "--jobs", str(options.jobs)]
            result = subprocess.run([options.assay] + words, env=environment, stderr=subprocess.DEVNULL)
            if result.returncode != 0:
                sys.exit(f"assay batch ended with {result.returncode}")

        root = enter_runtime(pathlib.Path(options.runtime), place)

        def script() -> None:
            with concurrent.futures.ThreadPoolExecutor(options.jobs) as pool:
                list(pool.map(lambda path: obvious(path, root), repositories))

        try:
            ours = measured("assay batch", options.count, batch)
            theirs = measured("obvious script", options.count, script)
            print(f"ratio             {ours / theirs:8.1f}")
        finally:
            subprocess.run(["umount", str(root / "usr"), str(root / "dev/null")], check=True)


if __name__ == "__main__":
    main()
