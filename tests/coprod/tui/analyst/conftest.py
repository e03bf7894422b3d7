"""An analyst's desk for tests: a workspace copied from one made once, answers opened, slow work done in this process."""

import importlib
import pickle
import pkgutil
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from coprod.journeys.beginnings import begin_workspace
from coprod.tui import analyst
from coprod.tui.analyst.sources import Answers
from coprod.workspace import Workspace, find_workspace
from tests.coprod.tui.analysts_desk import DAY
from tests.coprod.tui.opened_answers import answers_file, desk_of, held
from tests.coprod.tui.waiting import keys_at_once


@pytest.fixture(scope="session")
def begun(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace just begun, made once: each test works on a copy."""
    return begin_workspace(tmp_path_factory.mktemp("begun") / "riverside", "Riverside", "england").root


@pytest.fixture
def workspace(begun: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Workspace:
    """An analyst's workspace on the day of the tests, where a key is dealt with at once."""
    for found in pkgutil.iter_modules(analyst.__path__, f"{analyst.__name__}."):
        module = importlib.import_module(found.name)
        if hasattr(module, "today"):
            monkeypatch.setattr(module, "today", lambda: DAY)
    keys_at_once(monkeypatch)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    made = find_workspace(shutil.copytree(begun, tmp_path / "riverside"))
    assert made is not None
    return made


@pytest.fixture
def answers(workspace: Workspace, tmp_path: Path) -> Iterator[Answers]:
    """Simulated answers from a file, opened."""
    del workspace
    opened = held(answers_file(tmp_path))
    yield opened
    opened.close()


@pytest.fixture
def in_this_process(workspace: Workspace, answers: Answers, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let slow work be done in this process, where the tests' day and stand-ins are, given what could go to another."""

    def work_on(
        self: Any, question: Any, _: str, function: Any, *more: Any, then: Any, if_stopped: str = ""
    ) -> None:
        del if_stopped
        key = question.key if question else ""
        sent, given = pickle.loads(pickle.dumps((function, more)))  # noqa: S301  what this test just made
        got = self.attempt(lambda: sent(desk_of(workspace, answers, key), *given))
        if got is not None:
            then(got)

    monkeypatch.setattr("coprod.tui.analyst.opened.OpenedScreen.work_on", work_on)
