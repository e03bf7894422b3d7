"""Taking a decision back, as long as nothing was made of it: the decisions file as it was."""

from coprod.journeys.checking.panels import material_folder
from coprod.journeys.checking.releases import DECISIONS_FILE
from coprod.kernel.files import read_bytes, write_whole
from coprod.workspace import Workspace

LARGEST = 2_000_000


def decisions_now(workspace: Workspace, name: str) -> bytes | None:
    """Give the bytes of a material's decisions file, or None while there is none."""
    path = material_folder(workspace, name) / DECISIONS_FILE
    return read_bytes(path, LARGEST) if path.exists() else None


def restore_decisions(workspace: Workspace, name: str, before: bytes | None) -> None:
    """Put a material's decisions back as `decisions_now` gave them."""
    path = material_folder(workspace, name) / DECISIONS_FILE
    if before is None:
        path.unlink(missing_ok=True)
    else:
        write_whole(path, before)
