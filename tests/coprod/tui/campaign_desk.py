"""What the tests of the campaign team's desk share: one day, keys dealt with at once, and work that needs no process."""

import importlib
import pkgutil
import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from coprod.tui import campaign, working
from coprod.tui.campaign import gallery
from coprod.tui.facilitator import preparing
from coprod.workspace import Workspace, find_workspace
from surveys.boxes import withdrawal
from tests.coprod.tui.waiting import keys_at_once

MODULES = tuple(
    importlib.import_module(found.name)
    for found in pkgutil.iter_modules(campaign.__path__, f"{campaign.__name__}.")
)


class HereAndNow:
    """Stands for a job: does the work in this process, when its result is asked for."""

    def __init__(self, function: Callable[..., Any], *arguments: Any) -> None:
        self.function, self.arguments = function, arguments

    def result(self, most_seconds: float | None = None) -> Any:
        del most_seconds
        return self.function(*self.arguments)

    def stop(self) -> None:
        """Nothing goes on elsewhere."""


def on_day(monkeypatch: pytest.MonkeyPatch, day: date) -> None:
    """Let it be this day on every screen of a campaign team."""
    for module in (*MODULES, preparing):
        if hasattr(module, "today"):
            monkeypatch.setattr(module, "today", lambda: day)


def copied(prepared: Path, folder: Path, monkeypatch: pytest.MonkeyPatch, day: date) -> Workspace:
    """Give a copy of a folder with a workspace in it, prepared once, on this day; each test works on its own."""
    shutil.copytree(prepared, folder, dirs_exist_ok=True)
    on_day(monkeypatch, day)
    keys_at_once(monkeypatch)
    monkeypatch.setattr(working, "Job", HereAndNow)
    monkeypatch.setattr(gallery, "open_file", lambda path: path.exists())
    monkeypatch.setattr(withdrawal, "MEMORY_KIBIBYTES", 64)
    monkeypatch.setenv("HOME", str(folder / "home"))
    monkeypatch.setenv("COPROD_HOME", str(folder / "home"))
    monkeypatch.setenv("XDG_DATA_HOME", str(folder / "home"))
    monkeypatch.chdir(folder)
    return next(found for one in folder.iterdir() if one.is_dir() and (found := find_workspace(one)))
