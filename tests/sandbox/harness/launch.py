# SPDX-License-Identifier: MIT
"""Runs the harness's cases under every SQLAlchemy there is: `launch.py SOURCE system|RUNTIME [NAME...]`.

`system` is this machine's /usr/bin/python3; anything else names an installed runtime, which is entered
in a mount namespace of its own, so it needs root and changes nothing in the runtime. Exit status 77
means that the interpreter is not here: not run, which is not passed.
"""
from __future__ import annotations

import os
import shlex
import subprocess
import sys
import tempfile

NOT_RUN = 77
SAMPLES = {
    "async-espanol": ".=app,app.base,app.modelos,app.modelos.articulo,app.modelos.comentario,app.modelos.etiqueta,app.modelos.usuario,"
    "app.sesion,app.api,app.repositorios,app.repositorios.articulos",
    "classic-single-file": ".=blog",
    "dataclass-sql-migration": "backend=blog,blog.models,blog.queries",
    "eager-in-prose": "src=inkwell,inkwell.db,inkwell.models,inkwell.queries",
    "flask-serialiser": ".=config,app,app.extensions,app.models,app.services,app.api,app.api.routes,wsgi",
    "imperativo-pt": "src=blog,blog.dominio,blog.dominio.entidades,blog.infra,blog.infra.mapeamento,blog.infra.consultas",
    "junior-query-loop": ".=database,models,queries,main",
    "private-dependency": ".=newsroom,newsroom.models.base,newsroom.models,newsroom.models.account,newsroom.models.article,"
    "newsroom.models.comment,newsroom.models.topic,newsroom.db,newsroom.repositories",
    "select-joined": ".=blogdb,blogdb.database,blogdb.models,blogdb.queries",
    "single-script": ".=blog",
    "sqlmodel-fastapi": ".=newsdesk,newsdesk.models,newsdesk.db,newsdesk.crud,newsdesk.main",
}
# Samples written for one major version of SQLAlchemy.
ONLY_2 = frozenset(
    "async-espanol dataclass-sql-migration eager-in-prose flask-serialiser private-dependency select-joined sqlmodel-fastapi".split()
)


def _samples(version: str, folder: str) -> list[str]:
    names = [name for name in SAMPLES if version != "1" or name not in ONLY_2]
    return [f"sample:{folder}/{name}/repo:{SAMPLES[name]}" for name in names]


def _system(source: str, chosen: list[str]) -> int:
    python = "/usr/bin/python3"
    probe = subprocess.run(
        [python, "-c", "import sqlalchemy; print(sqlalchemy.__version__[0])"], capture_output=True, text=True, check=False
    )
    if probe.returncode != 0:
        print(f"not run: {python} has no SQLAlchemy")
        return NOT_RUN
    with tempfile.TemporaryDirectory(prefix="assay-harness-") as scratch:
        arguments = [f"{source}/sandbox/harness", f"{source}/tests/sandbox/harness/cases", scratch]
        program = [python, f"{source}/tests/sandbox/harness/run_cases.py", *arguments]
        return subprocess.run(program + (chosen or _samples(probe.stdout.strip(), f"{source}/samples")), check=False).returncode


def _runtime(source: str, name: str, chosen: list[str]) -> int:
    folders = [os.environ.get("ASSAY_RUNTIMES", ""), "/var/lib/assay/runtimes", os.path.expanduser("~/.cache/assay/runtimes")]
    root = next((f"{folder}/{name}/root" for folder in folders if folder and os.path.isdir(f"{folder}/{name}/root/usr")), "")
    if not root:
        print(f"not run: the runtime {name} is not installed")
        return NOT_RUN
    if os.geteuid() != 0:
        print(f"not run: entering the runtime {name} needs root")
        return NOT_RUN
    # A root of its own: the runtime's tree is shared, and holds no folder to write to.
    top, tree = '"$top"', shlex.quote(root)
    binds = {"harness": f"{source}/sandbox/harness", "tests": f"{source}/tests/sandbox/harness", "samples": f"{source}/samples"}
    script = ["set -e", "top=/mnt", f"mount -t tmpfs -o size=128m none {top}", f"mkdir -p {top}/usr {top}/dev {top}/tmp/scratch"]
    script += [f"cp -a {tree}/etc {top}/etc", f"mount --bind -o ro {tree}/usr {top}/usr"]
    script += [f"ln -s usr/{name} {top}/{name}" for name in ("bin", "lib", "lib64", "sbin")]
    script += [f"touch {top}/dev/{name}; mount --bind /dev/{name} {top}/dev/{name}" for name in ("null", "urandom")]
    for short, folder in binds.items():
        script.append(f"mkdir {top}/tmp/{short}; mount --bind -o ro {shlex.quote(folder)} {top}/tmp/{short}")
    arguments = chosen or _samples("1" if name.endswith("1.4") else "2", "/tmp/samples")
    words = ["/usr/bin/python3", "-B", "/tmp/tests/run_cases.py", "/tmp/harness", "/tmp/tests/cases", "/tmp/scratch"]
    script.append(f"exec chroot {top} " + " ".join(shlex.quote(word) for word in words + arguments))
    environment = {"PATH": "/usr/sbin:/usr/bin:/sbin:/bin", "LANG": "C.UTF-8", "HOME": "/tmp"}
    environment |= {"VERBOSE": os.environ["VERBOSE"]} if "VERBOSE" in os.environ else {}
    command = ["unshare", "--mount", "--propagation", "private", "sh", "-c", "\n".join(script)]
    return subprocess.run(command, env=environment, check=False).returncode


def main() -> int:
    """Run the cases under one interpreter."""
    source, which, *chosen = sys.argv[1:]
    # Named cases replace the samples; "none" runs the cases alone.
    return _system(source, chosen) if which == "system" else _runtime(source, which, chosen)


if __name__ == "__main__":
    sys.exit(main())
