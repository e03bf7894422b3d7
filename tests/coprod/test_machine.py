"""The machine itself: what it can say of its network, its disk and its lock, and how each is mended."""

import os
from pathlib import Path

import pytest

from coprod import machine

HEAD = "Iface\tDestination\tGateway \tFlags\tRefCnt\tUse\tMetric\tMask\t\tMTU\n"


def proc_with(tmp_path: Path, route: str, swaps: str = "Filename\tType\tSize\n") -> Path:
    (tmp_path / "net").mkdir()
    (tmp_path / "net" / "route").write_text(HEAD + route, "ascii")
    (tmp_path / "swaps").write_text(swaps, "ascii")
    return tmp_path


def device_with(tmp_path: Path, folder: Path, uuid: str, *, below: bool = False) -> Path:
    number = folder.stat().st_dev
    device = tmp_path / "dev" / "block" / f"{os.major(number)}:{os.minor(number)}"
    holder = device / "slaves" / "dm-0" if below else device
    (holder / "dm").mkdir(parents=True)
    (holder / "dm" / "uuid").write_text(uuid, "ascii")
    return tmp_path


def test_a_way_out_to_a_network_is_named_with_how_to_close_it(tmp_path: Path) -> None:
    check = machine.offline(proc_with(tmp_path, "wlan0\t00000000\t0101A8C0\t3\t0\t0\t0\t00000000\t0\t0\t0\n"))
    assert (check.state, "wlan0" in check.found, "Wi-Fi" in check.mend) == ("look", True, True)


def test_a_network_of_its_own_is_no_way_out(tmp_path: Path) -> None:
    only_local = "eth0\t0001A8C0\t00000000\t1\t0\t0\t0\t00FFFFFF\t0\t0\t0\n"
    assert machine.offline(proc_with(tmp_path, only_local)).state == "ok"


@pytest.mark.parametrize("below", [False, True])
def test_an_encrypted_disk_is_seen_also_under_another_layer(tmp_path: Path, *, below: bool) -> None:
    system = device_with(tmp_path / "sys", tmp_path, "CRYPT-LUKS2-abc", below=below)
    assert machine.disk_encrypted(tmp_path, system).state == "ok"


def test_an_open_disk_says_how_to_encrypt_and_an_unknown_one_says_so(tmp_path: Path) -> None:
    plain = machine.disk_encrypted(tmp_path, device_with(tmp_path / "sys", tmp_path, "LVM-abc"))
    assert (plain.state, bool(plain.mend)) == ("missing", True)
    assert machine.disk_encrypted(tmp_path, tmp_path / "nothing").found == "not known here"


def test_swap_in_memory_is_safe_and_a_swap_file_on_an_open_disk_is_not(tmp_path: Path) -> None:
    zram = proc_with(tmp_path, "", "Filename\tType\tSize\n/dev/zram0\tpartition\t1\n")
    assert machine.swap_encrypted(zram, tmp_path / "sys").state == "ok"
    file = tmp_path / "swapfile"
    file.touch()
    (tmp_path / "swaps").write_text(f"Filename\tType\tSize\n{file}\tfile\t1\n", "ascii")
    assert machine.swap_encrypted(tmp_path, device_with(tmp_path / "sys", tmp_path, "LVM-x")).state == "look"


@pytest.mark.parametrize(
    ("idle", "locks", "state"),
    [("uint32 300", "true", "ok"), ("uint32 1800", "true", "look"), ("uint32 0", "true", "missing"),
     ("uint32 300", "false", "missing"), ("", "", "look")],
)  # fmt: skip
def test_a_screen_that_locks_late_or_never_is_told(
    monkeypatch: pytest.MonkeyPatch, idle: str, locks: str, state: str
) -> None:
    monkeypatch.setattr(machine, "_answer", lambda *words: idle if "idle-delay" in words else locks)
    check = machine.screen_locks()
    assert check.state == state
    assert bool(check.mend) == (state != "ok")
