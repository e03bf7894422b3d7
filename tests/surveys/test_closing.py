"""To facilitators: a session that cannot be closed says so in clear words, and every saved answer is still in its box."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
OWN_DISK = ["unshare", "--map-root-user", "--mount"]


def has_own_disks() -> bool:
    """Tell whether this machine lets a test have a disk of its own, which only Linux may."""
    if shutil.which("unshare") is None:
        return False
    return subprocess.run([*OWN_DISK, "true"], capture_output=True, check=False).returncode == 0


@pytest.mark.skipif(not has_own_disks(), reason="no disk of its own for a test here")
def test_closing_on_a_full_and_on_a_read_only_disk_loses_nothing_and_works_afterwards(tmp_path: Path) -> None:
    program = [*OWN_DISK, sys.executable, "-m", "tests.surveys.closing_on_a_bad_disk", str(tmp_path)]
    ended = subprocess.run(program, cwd=ROOT, env=os.environ, capture_output=True, text=True, check=True)
    tries = [line.split("|") for line in ended.stdout.splitlines()]
    full, with_drafts, read_only, well = tries
    assert full[1] == "the disk is full: make room, then try again; nothing was changed"
    assert read_only[1].startswith("what was paused could not be destroyed: nothing can open it once")
    assert well[1] == "closed"
    assert all(one[2] == "True" for one in tries), "a saved row is gone"
    assert [one[3] for one in (full, with_drafts, well)] == ["False"] * 3, "what was paused is still there"
    assert well[4] == "True"
