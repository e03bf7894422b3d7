"""A program for `test_closing.py`: ends a session on a disk of its own that is full, then read-only, then well again."""

import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import pytest

from coprod.journeys.asking import sessions
from coprod.kernel.problem import BadInputError
from surveys.boxes.box import read_rows
from surveys.boxes.session import Attendance, load_plan
from surveys.interviews.draftfile import DraftShelf
from tests.surveys.ready import an_interview, make_identity, ready_workspace, started

CAME = Attendance(9, 8)


def main(folder: Path) -> None:
    """Print one line a try: what was told, and how many of the rows that were saved are still there."""
    mount = ["mount", "-t", "tmpfs", "-o", "size=3m", "tmpfs", str(folder)]
    subprocess.run(mount, check=True)
    with pytest.MonkeyPatch.context() as patched:
        workspace = ready_workspace(folder, patched, (make_identity(), make_identity()))
        session = started(workspace)
        for _ in range(5):
            sessions.save_interview(session, an_interview(session, "words"))
        saved = {row.id for row in read_rows(session.box.path)}
        for disk in ("full", "full again, with drafts"):
            filling = folder / "filling"
            with suppress(OSError), filling.open("wb", buffering=0) as file:
                while file.write(b"\0" * 4096):
                    pass
            _end(session, saved, disk)
            filling.unlink()
            DraftShelf(sessions.drafts_file(workspace, session.plan.name))
        for how in ("ro", "rw"):
            subprocess.run(["mount", "-o", f"remount,{how}", str(folder)], check=True)
            _end(session, saved, how)


def _end(session: sessions.Session, saved: set[bytes], disk: str) -> None:
    try:
        sessions.end_session(session, CAME)
        told = "closed"
    except BadInputError as error:
        told = "; ".join(f"{problem.what}: {problem.mend}" for problem in error.problems)
    drafts = sessions.drafts_file(session.workspace, session.plan.name).exists()
    kept = len(saved & {row.id for row in read_rows(session.box.path)})
    plan = load_plan(session.workspace.boxes / f"{session.plan.name}.session")
    print(f"{disk}|{told}|{kept == len(saved)}|{drafts}|{plan.attendance == CAME}")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
