"""What all tests share: tools that a machine may lack, and a word that must never leak."""

import os
import secrets
import shutil
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

# Properties are tried with the same examples each time, however slow the machine is: a failure is one of the change at hand.
# `pytest -m hypothesis --hypothesis-profile=explore` looks for new ones.
SLOW = (HealthCheck.too_slow,)
settings.register_profile("steady", deadline=None, derandomize=True, suppress_health_check=SLOW)
settings.register_profile("explore", deadline=None, suppress_health_check=SLOW)
settings.load_profile("steady")

# Boxes and ledgers wait for the disk at each step. Where memory looks like a disk and has room, tests keep their files there.
MEMORY = Path("/dev/shm")  # noqa: S108  pytest makes a folder of its own in it
ROOM = 2 << 30


def pytest_configure(config: pytest.Config) -> None:
    if _memory_has_room():
        os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(MEMORY))
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        # So it is for whatever a script starts in the background, and tests press Ctrl+C.
        signal.signal(signal.SIGINT, signal.default_int_handler)
    config.addinivalue_line("markers", "needs(tool): the check needs a program that `make system` installs")


def _memory_has_room() -> bool:
    if not (MEMORY.is_dir() and os.access(MEMORY, os.W_OK)):
        return False
    disk = os.statvfs(MEMORY)
    return disk.f_bavail * disk.f_frsize > ROOM and not disk.f_flag & os.ST_NOEXEC


def pytest_runtest_setup(item: pytest.Item) -> None:
    """List a check whose tool is missing as not run, by name, instead of failing or passing it."""
    for mark in item.iter_markers("needs"):
        missing = [tool for tool in mark.args if shutil.which(tool) is None]
        if missing:
            pytest.skip(f"not run: {', '.join(missing)} is missing; `make system` installs it")


@pytest.fixture(autouse=True, scope="session")
def as_on_any_machine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Keep tests out of the developer's own device folder, and lines as wide whatever the terminal is."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("COPROD_HOME", str(tmp_path_factory.mktemp("device")))
        for name in ("COLUMNS", "LINES", "NO_COLOR", "FORCE_COLOR"):
            patch.delenv(name, raising=False)
        yield


@pytest.fixture(autouse=True, scope="session")
def quick_secrets() -> Iterator[None]:
    """Take the slowness out of passphrases and words; tests/surveys/test_keys.py and tests/attacks/test_insiders.py keep it."""
    import pyrage

    from surveys.boxes import session, withdrawal
    from tests import quick_secrets as quick

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pyrage.passphrase, "encrypt", quick.behind_a_passphrase)
        patch.setattr(withdrawal, "MEMORY_KIBIBYTES", quick.MEMORY_KIBIBYTES)
        patch.setattr(session, "_slow", quick.quick_argon)
        yield


@pytest.fixture
def canary() -> str:
    """Give a word that stands for a young person's answer and may be found nowhere but where it was sealed."""
    return f"canary{secrets.token_hex(8)}"
