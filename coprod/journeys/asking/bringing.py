"""Bringing sealed answers from another device in."""

from pathlib import Path

from coprod.journeys.asking.sessions import BUNDLE
from coprod.kernel.files import read_bytes, write_whole
from coprod.kernel.problem import BadInputError
from coprod.workspace import Workspace
from surveys.boxes.bundle import read_bundle

LARGEST = 500_000_000


def bring_bundle(workspace: Workspace, path: Path) -> Path:
    """Copy a bundle into `boxes/` after its signature was checked, and give where it is now.

    Raises BadInputError for a file that is no bundle, a device this workspace does not know, or a name
    that is taken by another bundle.
    """
    if path.suffix != BUNDLE:
        raise BadInputError.of(path, "this is no bundle", f"name a file that ends in {BUNDLE}")
    content = read_bytes(path, LARGEST)
    read_bundle(path, [device.public_key for device in workspace.settings.devices])
    target = workspace.boxes / path.name
    if target.exists() and read_bytes(target, LARGEST) != content:
        raise BadInputError.of(target, "another bundle has this name", "rename the one you bring, then again")
    write_whole(target, content)
    return target
