"""Destroying a batch and the sealed answers it came from, with a certificate that says what was done."""

import hashlib
import os
import secrets
from datetime import date
from pathlib import Path

from coprod.journeys.asking.batches import BATCH, batch_header
from coprod.journeys.asking.carrying import CARRIED
from coprod.journeys.asking.sessions import BOX, BUNDLE, PLAN
from coprod.kernel.files import read_bytes, write_whole
from coprod.kernel.problem import BadInputError
from coprod.kernel.text import clean_line
from coprod.workspace import Workspace

LARGEST = 2_000_000_000
PIECE = 1_000_000
OF_A_SESSION = (BOX, f"{BOX}-journal", BUNDLE, CARRIED, PLAN)
HALF_WRITTEN = (".draft-*", ".*.closing")


def dispose(workspace: Workspace, name: str, by_whom: str, today: date) -> Path:
    """Overwrite and remove a batch with its boxes, bundles and plans, and give the path of the certificate.

    What a killed process left half written goes too. The certificate is written first, so that nothing
    is destroyed without one. Raises BadInputError when there is no such batch, nobody is named, or the
    disk refuses.
    """
    batch = workspace.analysis / f"{name}{BATCH}"
    header = batch_header(batch)
    if not by_whom.strip():
        raise BadInputError.of("name", "nobody is named", "type the name of who destroys the answers")
    stems = sorted({Path(source).stem for source in header.sources})
    sources = [workspace.boxes / f"{stem}{ending}" for stem in stems for ending in OF_A_SESSION]
    # The batch goes last: it knows what belongs to it, so that a disposal cut short can be done again.
    files = [*(path for path in sources if path.exists()), *half_written(workspace), batch]
    certificate = _new_name(workspace.out / f"destroyed-{name}.txt")
    write_whole(
        certificate, _certificate(workspace, files, clean_line(by_whom), today, header.opened_here).encode()
    )
    for path in files:
        destroy(path)
    return certificate


def _new_name(path: Path) -> Path:
    """Give a name beside earlier certificates: a disposal that was cut short has one already."""
    names = (path, *(path.with_stem(f"{path.stem}-{number}") for number in range(2, 1_000)))
    return next(name for name in names if not name.exists())


def half_written(workspace: Workspace) -> tuple[Path, ...]:
    """Give the files that a process which was killed left among the sealed answers; a link is none, wherever it leads."""
    folders = (workspace.analysis, workspace.boxes, workspace.boxes / "asked")
    found = (path for folder in folders for mark in HALF_WRITTEN for path in folder.glob(mark))
    return tuple(sorted(path for path in found if path.is_file() and not path.is_symlink()))


def destroy(path: Path) -> None:
    """Overwrite a file with random bytes, then remove it. Raises BadInputError when the disk refuses."""
    try:
        with path.open("rb+") as file:
            left = path.stat().st_size
            while left > 0:
                left -= file.write(secrets.token_bytes(min(PIECE, left)))
            file.flush()
            os.fsync(file.fileno())
        path.unlink()
    except OSError as error:
        what = (error.strerror or "the disk refused").lower()
        raise BadInputError.of(
            path, f"could not be destroyed: {what}", "close other windows, then try again"
        ) from None


def _certificate(workspace: Workspace, files: list[Path], by_whom: str, today: date, opened_here: str) -> str:
    lines = [
        "format: 1",
        "Certificate of destruction",
        *(["SIMULATED: these answers were made up by a machine."] if workspace.settings.simulated else []),
        f"On {today.isoformat()}, {by_whom} (name as typed) had coprod overwrite and remove these files",
        f"of {workspace.settings.name}: the sealed answers, and the plans of their sessions.",
        *([f"They were opened on the device that asked: {clean_line(opened_here)}"] if opened_here else []),
        "",
        *(
            f"{path.relative_to(workspace.root).as_posix()}  SHA-256 {_digest(path)}"
            + (" (half-written)" if path.name.startswith(".") else "")
            for path in files
        ),
        "",
        "What this does not prove: copies elsewhere (backups, USB sticks, mail) are not touched, and a",
        "solid-state disk may keep old blocks for a while. What was on the disk was sealed with age; to make",
        "any copy unreadable for good, every key holder destroys their key.",
        "",
    ]  # fmt: skip
    return "\n".join(lines)


def _digest(path: Path) -> str:
    return hashlib.sha256(read_bytes(path, LARGEST)).hexdigest()
