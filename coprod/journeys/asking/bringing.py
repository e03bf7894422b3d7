"""Bringing sealed answers from another device in."""

from pathlib import Path

from coprod.journeys.asking.sessions import BUNDLE
from coprod.kernel.files import read_bytes, write_whole
from coprod.kernel.problem import BadInputError
from coprod.workspace import Workspace
from surveys.boxes.bundle import Bundle, read_bundle

LARGEST = 500_000_000


def bring_bundle(workspace: Workspace, path: Path) -> Path:
    """Copy a bundle into `boxes/` after its signature was checked, and give where it is now.

    It takes the place of an earlier copy of the same session. Raises BadInputError for a file that is no
    bundle, a device this workspace does not know, or a name that is taken by another bundle or a later copy.
    """
    if path.suffix != BUNDLE:
        raise BadInputError.of(path, "this is no bundle", f"name a file that ends in {BUNDLE}")
    content = read_bytes(path, LARGEST)
    devices = [device.public_key for device in workspace.settings.devices]
    brought, target = read_bundle(path, devices), workspace.boxes / path.name
    if target.exists() and read_bytes(target, LARGEST) != content:
        here = read_bundle(target, devices)
        if is_later_copy(here, brought):
            raise BadInputError.of(path, "a later copy of this session is here already", "keep that one")
        if not is_later_copy(brought, here):
            raise BadInputError.of(
                target, "another bundle has this name", "rename the one you bring, then again"
            )
    write_whole(target, content)
    return target


def is_later_copy(later: Bundle, earlier: Bundle) -> bool:
    """Tell whether a bundle is of the same session as another, with nothing but answers taken back since."""
    ours, theirs = later.header, earlier.header
    is_same = (ours.device, ours.plan.name, ours.plan.questionnaire) == (
        theirs.device,
        theirs.plan.name,
        theirs.plan.questionnaire,
    )
    shared = {one.sha256 for one in ours.manifest} & {one.sha256 for one in theirs.manifest}
    return is_same and bool(shared) and earlier.tombstones < later.tombstones
