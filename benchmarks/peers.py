"""Other linters of prose, at pinned versions: from npm into a folder of their own, and proselint where it is installed.

None of them is part of coprod. What cannot be installed here (no npm, no network) is "not run".
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from msgspec import Struct

PINNED = (
    "alex@11.0.1",
    "write-good@1.0.8",
    "textlint@15.8.0",
    "textlint-rule-write-good@2.0.0",
    "textlint-rule-alex@5.0.0",
)
LONGEST_INSTALL = 300
_INSTALL = ("install", "--no-audit", "--no-fund", "--ignore-scripts", "--loglevel=error")


class Peer(Struct, frozen=True):
    """One linter as a command, run in `folder`; `command` is empty where it is not here."""

    name: str
    command: tuple[str, ...]
    folder: Path


def installed_peers(folder: Path, files: list[Path]) -> Iterator[Peer]:
    """Give each linter with the command that reads these files; `folder` is where npm may install."""
    paths = tuple(str(file) for file in files)
    beside_python = Path(sys.executable).parent
    proselint = shutil.which("proselint", path=f"{beside_python}{os.pathsep}{os.environ.get('PATH', '')}")
    yield Peer("proselint", (proselint, "check", *paths) if proselint else (), folder)
    programs = _installed(folder)
    for name, options in (
        ("alex", ("--quiet",)),
        ("write-good", ()),
        ("textlint", ("--rule", "write-good", "--rule", "alex", "--format", "unix")),
    ):
        program = programs / name
        is_here = program.exists()
        yield Peer(_titled(name), (str(program), *options, *paths) if is_here else (), folder)


def _titled(name: str) -> str:
    version = next(one.rpartition("@")[2] for one in PINNED if one.startswith(f"{name}@"))
    return f"{name} {version}"


def _installed(folder: Path) -> Path:
    programs = folder / "node_modules" / ".bin"
    npm = shutil.which("npm")
    if not programs.is_dir() and npm and shutil.which("node"):
        folder.mkdir(parents=True, exist_ok=True)
        command = [npm, *_INSTALL, "--prefix", str(folder), *PINNED]
        try:
            subprocess.run(command, check=False, capture_output=True, cwd=folder, timeout=LONGEST_INSTALL)
        except subprocess.TimeoutExpired:
            shutil.rmtree(folder, ignore_errors=True)
    return programs
