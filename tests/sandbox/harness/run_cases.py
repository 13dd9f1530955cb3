# SPDX-License-Identifier: MIT
"""Runs the submissions of a folder through the harness's operations and compares with what they expect.

Runs inside the interpreter that is tested: `run_cases.py HARNESS CASES SCRATCH [NAME...]`. Each case is
a file `NAME.case`: header lines `key: value`, then `--- path` sections with the submission's files and
a last section `--- expect` of Python expressions over the operations' answers, all of which must hold.
A case whose `needs` are not installed, or whose `versions` exclude this SQLAlchemy, is left out.
Folders given as `sample:PATH:MODULES` are real submissions: every module must import.
"""
from __future__ import annotations

import importlib
import importlib.util
import os
import resource
import sqlite3
import sys
import traceback
from typing import Any

SECONDS = 30


class Case:
    """A parsed case file."""

    def __init__(self, name: str, content: str) -> None:
        self.name = name
        self.header: dict[str, str] = {}
        self.files: dict[str, str] = {}
        self.expect: list[str] = []
        section = ""
        for line in content.splitlines():
            if line.startswith("--- "):
                section = line[4:].strip()
                self.files.setdefault(section, "")
            elif section:
                self.files[section] += line + "\n"
            elif line.strip():
                key, _, value = line.partition(":")
                self.header[key.strip()] = value.strip()
        self.expect = _expressions(self.files.pop("expect", ""))

    def words(self, key: str) -> list[str]:
        """The words of a header line."""
        return self.header.get(key, "").split()


def _expressions(content: str) -> list[str]:
    """The expectations: one expression a line, continued while a line is indented."""
    found: list[str] = []
    for line in content.splitlines():
        if line[:1] in (" ", "\t") and found:
            found[-1] += " " + line.strip()
        elif line.strip() and not line.startswith("#"):
            found.append(line.strip())
    return found


class Answers:
    """What the operations said, with short ways to look into it."""

    def __init__(self, wire: Any, runner: Any, database: str) -> None:
        self._wire, self._runner, self._database = wire, runner, database
        self.imported: list[dict[str, Any]] = []

    def run(self, operation: str, **arguments: Any) -> Any:
        """One operation; its answer goes through the codec as it would in a box."""
        sent = self._wire.decode(self._wire.encode(arguments))
        return self._wire.decode(self._wire.encode(self._runner.OPERATIONS[operation](sent), self._runner.LIMIT))

    def pages(self, operation: str) -> list[dict[str, Any]]:
        """All items of an operation that answers in pages."""
        items: list[dict[str, Any]] = []
        offset: int | None = 0
        while offset is not None:
            answer = self.run(operation, offset=offset)
            items += answer["items"]
            offset = answer["next"]
        return items

    def everything(self, case: Case) -> None:
        """The usual order of operations."""
        extra = eval(case.header.get("prepare", "{}"))
        roots = [root if root != "." else "" for root in case.words("roots") or ["."]]
        self.prepared = self.run("prepare", roots=roots, database=self._database, **extra)
        self.imported = self.run("import", modules=case.words("modules"))["modules"]
        self.registries = self.run("registries")
        self.classes, self.tables, self.relations = self.pages("classes"), self.pages("tables"), self.pages("relations")
        backend = case.header.get("backend")
        self.created = self.run("create_all", backend=backend)
        self.around = self.run("surroundings")

    def names(self) -> dict[str, Any]:
        """What expectations may use."""

        def one(items: list[dict[str, Any]], **wanted: Any) -> dict[str, Any]:
            found = [item for item in items if all(item.get(key) == value for key, value in wanted.items())]
            if len(found) != 1:
                raise LookupError(f"{len(found)} items with {wanted}")
            return found[0]

        def module(name: str) -> dict[str, Any]:
            return one(self.imported, module=name)

        def table(name: str) -> dict[str, Any]:
            return one(self.tables, name=name)

        def sql(text: str) -> list[Any]:
            connection = sqlite3.connect(self._database)
            try:
                return connection.execute(text).fetchall()
            finally:
                connection.close()

        return {
            "one": one, "module": module, "table": table, "sql": sql, "run": self.run,
            "outcomes": [item["outcome"] for item in self.imported],
            "column": lambda name, column: one(table(name)["columns"], name=column),
            "relation": lambda name, key: one(self.relations, **{"class": name, "key": key}),
            "mapped": lambda name: one(self.classes, name=name),
            "engines": self.around["engines"], "around": self.around, "prepared": self.prepared,
            "registries": self.registries["registries"], "inventory": self.registries, "created": self.created,
            "create_outcomes": [item["outcome"] for item in self.created["metadatas"]],
            "tables": {item["name"] for item in self.tables}, "classes": {item["name"].rpartition(".")[2] for item in self.classes},
            "shims": {item["kind"] for item in self.around["shims"]}, "version": self.prepared["sqlalchemy"],
        }  # fmt: skip


def _in_child(case: Case, folder: str) -> list[str]:
    """Run one case in this process; what does not hold."""
    import runner
    import wire

    repo = os.path.join(folder, "repo")
    for path, content in case.files.items():
        file = os.path.join(repo, path)
        os.makedirs(os.path.dirname(file), exist_ok=True)
        with open(file, "w", encoding="utf-8") as stream:
            stream.write(content)
    os.makedirs(repo, exist_ok=True)
    os.chdir(repo)
    runner.REPO = repo
    answers = Answers(wire, runner, os.path.join(folder, "main.db"))
    answers.everything(case)
    failed = []
    names = answers.names()
    for expression in case.expect:
        try:
            holds = eval(expression, dict(names))
        except Exception as problem:
            failed.append(f"{expression}\n      raised {type(problem).__name__}: {problem}")
            continue
        if not holds:
            failed.append(expression)
    if failed:
        failed += [f"    {item}" for item in answers.imported if item["outcome"] != "ok"]
        failed += [f"    {item['error']}" for item in answers.registries["registries"] if "error" in item]
        failed += [f"    {item['error']}" for item in answers.created["metadatas"] if "error" in item]
        if os.environ.get("VERBOSE"):
            failed += [f"    {answers.around}", f"    {answers.relations}", f"    {answers.registries}"]
    return failed


def _run(case: Case, scratch: str) -> bool:
    """Run one case in a child process of its own."""
    folder = os.path.join(scratch, case.name)
    os.makedirs(folder)
    sys.stdout.flush()
    child = os.fork()
    if child == 0:
        status = 1
        try:
            resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
            output = os.open(os.path.join(folder, "output"), os.O_WRONLY | os.O_CREAT)
            kept = os.dup(1)
            os.dup2(output, 1)
            os.dup2(output, 2)
            try:
                failed = _in_child(case, folder)
            except BaseException:
                failed = [traceback.format_exc()]
            text = "".join(f"  {line}\n" for line in failed)
            os.write(kept, (f"FAILED {case.name}\n{text}" if failed else "").encode("utf-8", "replace"))
            status = 1 if failed else 0
        finally:
            os._exit(status)
    _, status = os.waitpid(child, 0)
    if os.WIFSIGNALED(status):
        print(f"FAILED {case.name}\n  ended by signal {os.WTERMSIG(status)}")
    return status == 0


def _sample(argument: str) -> Case:
    """A real submission as a case: all its modules import and all its mappers configure."""
    _, path, modules = argument.split(":")
    case = Case("sample-" + path.rstrip("/").split("/")[-2], "")
    for parent, _, files in os.walk(path):
        for file in files:
            whole = os.path.join(parent, file)
            with open(whole, encoding="utf-8") as stream:
                case.files[os.path.relpath(whole, path)] = stream.read()
    roots, _, names = modules.partition("=")
    case.header = {"roots": roots.replace(",", " "), "modules": names.replace(",", " ")}
    case.expect = [
        "set(outcomes) == {'ok'}",
        "all(item['configured'] for item in registries)",
        "set(create_outcomes) == {'ok'}",
        "len(classes) >= 3",
    ]
    return case


def main() -> int:
    """Run the cases; 0 if all hold."""
    harness, cases, scratch, *chosen = sys.argv[1:]
    sys.path.insert(0, harness)
    importlib.import_module("operations")
    for name in ("flask_sqlalchemy", "sqlmodel", "fastapi", "aiosqlite", "pydantic"):
        try:
            importlib.import_module(name)
        except ImportError:
            pass
    version = importlib.import_module("sqlalchemy").__version__
    ran = failed = left_out = 0
    found = [_sample(argument) for argument in chosen if argument.startswith("sample:")]
    for file in sorted(os.listdir(cases)):
        if file.endswith(".case"):
            with open(os.path.join(cases, file), encoding="utf-8") as stream:
                found.append(Case(file.removesuffix(".case"), stream.read()))
    names = [argument for argument in chosen if not argument.startswith("sample:")]
    for case in found:
        if names and case.name not in names:
            continue
        missing = [name for name in case.words("needs") if importlib.util.find_spec(name) is None]
        if missing or (case.words("versions") and not any(version.startswith(word) for word in case.words("versions"))):
            left_out += 1
            continue
        if not case.expect:
            print(f"FAILED {case.name}\n  expects nothing")
            failed += 1
            continue
        ran += 1
        failed += not _run(case, scratch)
    print(f"SQLAlchemy {version}, Python {sys.version.split()[0]}: {ran} cases ran, {failed} failed, {left_out} left out")
    return 1 if failed or not ran else 0


if __name__ == "__main__":
    sys.exit(main())
