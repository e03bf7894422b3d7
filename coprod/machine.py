"""What young people are promised of the machine itself: no network, an encrypted disk, a screen that locks."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Literal

from msgspec import Struct

State = Literal["ok", "look", "missing"]
PROC, SYS = Path("/proc"), Path("/sys")
LONGEST_BEFORE_LOCK = 300
ANSWER_WITHIN = 3
CRYPT = "CRYPT-"
SWITCH_ENCRYPTION_ON = {
    "linux": "ask whoever set this machine up: Linux disks are encrypted when they are installed",
    "darwin": "System Settings, Privacy & Security, FileVault: turn it on",
    "win32": "Settings, Privacy & security, Device encryption (or BitLocker): turn it on",
}


class Check(Struct, frozen=True):
    """One thing looked at. `state` is `ok`, `look` (works, could be better) or `missing`."""

    name: str
    state: State
    found: str
    mend: str = ""


def examine_machine(folder: Path, *, proc: Path = PROC, sys_folder: Path = SYS) -> tuple[Check, ...]:
    """Give the checks of the machine that holds a folder. Nothing is sent anywhere to find out."""
    return offline(proc), disk_encrypted(folder, sys_folder), swap_encrypted(proc, sys_folder), screen_locks()


def offline(proc: Path = PROC) -> Check:
    """See whether there is a way out to a network, from the routes that the system has, without using one."""
    table = proc / "net" / "route"
    if not table.is_file():
        return Check("offline", "look", "not known here", "turn Wi-Fi off and unplug the cable for a session")
    rows = [line.split() for line in table.read_text("ascii").splitlines()[1:]]
    ways = sorted({row[0] for row in rows if len(row) > 7 and row[1] == row[7] == "00000000"})
    if not ways:
        return Check("offline", "ok", "there is no way out to a network")
    mend = "turn Wi-Fi off and unplug the cable for a session; coprod itself never goes online"
    return Check("offline", "look", f"connected ({', '.join(ways)})", mend)


def disk_encrypted(folder: Path, sys_folder: Path = SYS) -> Check:
    """See whether the disk under a folder is encrypted."""
    mend = SWITCH_ENCRYPTION_ON.get(sys.platform, SWITCH_ENCRYPTION_ON["linux"])
    if sys.platform == "darwin":
        said = _answer("fdesetup", "status")
        is_on: bool | None = "FileVault is On" in said if said else None
    else:
        number = folder.stat().st_dev
        device = sys_folder / "dev" / "block" / f"{os.major(number)}:{os.minor(number)}"
        is_on = _is_encrypted(device) if os.name == "posix" else None
    if is_on is None:
        return Check("disk encrypted", "look", "not known here", f"make sure of it: {mend}")
    return Check("disk encrypted", "ok", "yes") if is_on else Check("disk encrypted", "missing", "no", mend)


def swap_encrypted(proc: Path = PROC, sys_folder: Path = SYS) -> Check:
    """See whether memory that is moved to disk is encrypted there."""
    table = proc / "swaps"
    if not table.is_file():
        return Check(
            "swap encrypted", "look", "not known here", "an encrypted disk covers it on most machines"
        )
    names = [line.split()[0] for line in table.read_text("utf-8").splitlines()[1:] if line.strip()]
    open_ones = [name for name in names if not _swap_is_safe(Path(name), sys_folder)]
    if not open_ones:
        return Check("swap encrypted", "ok", "yes" if names else "there is none")
    return Check("swap encrypted", "look", f"not {', '.join(open_ones)}", "turn swap off: sudo swapoff -a")


def screen_locks() -> Check:
    """See whether this desktop locks its screen within five minutes, where it can be asked."""
    mend = "Settings, Privacy, Screen lock: on, after 5 minutes at most"
    idle = _answer("gsettings", "get", "org.gnome.desktop.session", "idle-delay")
    locks = _answer("gsettings", "get", "org.gnome.desktop.screensaver", "lock-enabled")
    found = re.search(r"(\d+)$", idle)
    if found is None or not locks:
        return Check("screen locks", "look", "not known here", f"make sure of it: {mend}")
    seconds = int(found[1])
    if locks != "true" or seconds == 0:
        return Check("screen locks", "missing", "never", mend)
    state: State = "ok" if seconds <= LONGEST_BEFORE_LOCK else "look"
    return Check("screen locks", state, f"after {seconds // 60} minutes", mend if state == "look" else "")


def _swap_is_safe(swap: Path, sys_folder: Path) -> bool:
    """Tell whether a swap lies in memory (zram), or on an encrypted disk."""
    if swap.name.startswith("zram"):
        return True
    is_device = swap.is_relative_to("/dev")
    number = (swap.stat().st_rdev if is_device else swap.stat().st_dev) if swap.exists() else 0
    return bool(_is_encrypted(sys_folder / "dev" / "block" / f"{os.major(number)}:{os.minor(number)}"))


def _is_encrypted(device: Path) -> bool | None:
    """Tell whether a block device, or all it stands on, is encrypted; None where the system does not say."""
    if not device.exists():
        return None
    name = device / "dm" / "uuid"
    if name.is_file() and name.read_text("ascii", "replace").startswith(CRYPT):
        return True
    below = list((device / "slaves").iterdir()) if (device / "slaves").is_dir() else []
    return bool(below) and all(_is_encrypted(one) for one in below)


def _answer(*command: str) -> str:
    """Give what a program of this system says, or an empty text where it is not here or does not answer."""
    path = shutil.which(command[0])
    if path is None:
        return ""
    try:
        done = subprocess.run(  # noqa: S603  the system's own program, with words of ours
            [path, *command[1:]], capture_output=True, text=True, timeout=ANSWER_WITHIN, check=False
        )
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return done.stdout.strip() if done.returncode == 0 else ""
