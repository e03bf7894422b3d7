"""Is this machine fit for a session: each check with its result and how to mend it."""

import importlib.metadata
import importlib.util
import os
import shutil
import sys
import tempfile
from pathlib import Path

from coprod.machine import Check, State, examine_machine
from coprod.workspace import Workspace
from surveys.boxes.device import device_folder, keys_still_here

__all__ = ["Check", "State", "examine"]
PACKAGES = ("coprod", "surveys", "analysis", "campaigns")
SMALLEST_KIOSK = (40, 18)
SMALLEST_DESK = (80, 24)
LARGEST_KEY_FILE = 100_000
KEY_FILE_START = b"-----BEGIN AGE ENCRYPTED FILE-----"
SECRET_KEY = b"AGE-SECRET-KEY-1"
TOOLS = {
    "tmux": "checks of the app in a real terminal",
    "chromium": "checks of pages in a real browser",
    "pdftoppm": "looking at rendered PDFs as pictures",
    "espeak-ng": "reading questions aloud",
}
TOOL_PACKAGES = {"pdftoppm": "poppler-utils"}


def examine(
    environment: dict[str, str] | None = None, workspace: Workspace | None = None
) -> tuple[Check, ...]:
    """Give every check of this machine, and of a workspace on it, in the order a person would mend them."""
    variables = dict(os.environ) if environment is None else environment
    return (
        _python(),
        *(_package(name) for name in PACKAGES),
        _terminal(variables),
        _hand_round(variables),
        _temporary_folder(),
        *(_of_workspace(workspace) if workspace else ()),
        *examine_machine(workspace.root if workspace else Path.cwd()),
        *(_tool(name, use) for name, use in TOOLS.items()),
    )


def _python() -> Check:
    version = ".".join(str(part) for part in sys.version_info[:3])
    fits = (3, 11) <= sys.version_info[:2] < (3, 15)
    return Check(
        "python", "ok" if fits else "missing", version, "" if fits else "install Python 3.11 to 3.14"
    )


def _package(name: str) -> Check:
    """See that a package with a common name is ours and not somebody else's of the same name."""
    spec = importlib.util.find_spec(name)
    home = Path(__file__).parent.parent
    ours = spec is not None and spec.origin is not None and Path(spec.origin).parent.parent == home
    found = f"from coprod {importlib.metadata.version('coprod')}" if ours else "from another project"
    return Check(
        f"package {name}",
        "ok" if ours else "missing",
        found,
        "" if ours else "install coprod with pipx, alone",
    )


def _terminal(variables: dict[str, str]) -> Check:
    size = shutil.get_terminal_size(fallback=(0, 0))
    if variables.get("TERM", "dumb") == "dumb" or size.columns == 0:
        return Check("terminal", "look", "no full screen here", "use `--plain`, or open a terminal window")
    found = f"{size.columns} by {size.lines}"
    if size.columns < SMALLEST_KIOSK[0] or size.lines < SMALLEST_KIOSK[1]:
        return Check(
            "terminal", "missing", found, "make the window bigger: 80 by 24 is enough for everything"
        )
    if size.columns < SMALLEST_DESK[0] or size.lines < SMALLEST_DESK[1]:
        return Check(
            "terminal", "look", f"{found}: enough for an interview only", "make it 80 by 24 for staff work"
        )
    return Check("terminal", "ok", found)


def _hand_round(variables: dict[str, str]) -> Check:
    """See whether the scrollback can be cleared, which plain interviews one after the other need."""
    kept = next((name for name in ("TMUX", "STY", "SCRIPT") if variables.get(name)), "")
    if kept:
        what = f"{'tmux' if kept == 'TMUX' else 'screen' if kept == 'STY' else 'script'} keeps what was on the screen"
        return Check("clearing the screen", "look", what, "hand the device round in a terminal of its own")
    return Check("clearing the screen", "ok", "nothing keeps what was on the screen")


def _temporary_folder() -> Check:
    """See that nothing of coprod's was left in the temporary folder."""
    left = sorted(Path(tempfile.gettempdir()).glob("coprod-*"))
    if not left:
        return Check("nothing left over", "ok", "the temporary folder holds nothing of coprod's")
    return Check(
        "nothing left over",
        "look",
        f"{len(left)} entries named coprod-…",
        f"delete them from {left[0].parent}",
    )


def _of_workspace(workspace: Workspace) -> tuple[Check, ...]:
    return _keys_elsewhere(workspace), _no_key_inside(workspace), _own_eyes_only(workspace)


def _keys_elsewhere(workspace: Workspace) -> Check:
    """See that no key made on this device still lies where it was written: it would open its own boxes."""
    holders = {one.public_key: one.name for one in workspace.settings.key_holders}
    here = keys_still_here(device_folder(), tuple(holders))
    if not here:
        return Check("keys elsewhere", "ok", "no key made here opens what this device seals")
    names = ", ".join(holders[key] for key in here)
    state: State = "look" if workspace.settings.simulated else "missing"
    mend = "move the file to its owner's computer or a USB stick kept elsewhere"
    return Check("keys elsewhere", state, f"the key of {names} lies on this device", mend)


def _no_key_inside(workspace: Workspace) -> Check:
    """See that nobody has put a key file among the answers."""
    found = [path.name for path in workspace.root.rglob("*") if path.is_file() and _is_key_file(path)]
    if not found:
        return Check("no key among the answers", "ok", "no key file lies in the workspace")
    return Check(
        "no key among the answers", "missing", ", ".join(sorted(found)), "move it out, away from this device"
    )


def _is_key_file(path: Path) -> bool:
    """Tell whether a file is a key; what this account may not read opens nothing for it."""
    try:
        content = path.read_bytes() if path.stat().st_size <= LARGEST_KEY_FILE else b""
    except OSError:
        return False
    return content.startswith(KEY_FILE_START) or SECRET_KEY in content


def _own_eyes_only(workspace: Workspace) -> Check:
    """See that other accounts of this machine cannot read the boxes."""
    if os.name == "nt":
        return Check("boxes are private", "look", "not checked here", "turn disk encryption on")
    open_to_others = [box.name for box in workspace.boxes.glob("*.box") if box.stat().st_mode & 0o077]
    if not open_to_others:
        return Check("boxes are private", "ok", "only this account reads the boxes")
    return Check(
        "boxes are private", "look", f"others may read {len(open_to_others)} boxes", "chmod 600 boxes/*.box"
    )


def _tool(name: str, use: str) -> Check:
    path = shutil.which(name)
    if path:
        return Check(name, "ok", f"for {use}")
    package = TOOL_PACKAGES.get(name, name)
    return Check(
        name, "look", f"not here; only for {use}", f"on Debian: apt-get install {package}, or `make system`"
    )
