"""Drawing a material can never hold a team up: it has a process and a time of its own, and leaves nothing half done."""

import time
from datetime import date
from pathlib import Path

import pytest

from coprod.jobs import Job, StoppedError
from coprod.journeys.beginnings import begin_workspace
from coprod.journeys.checking.bounded import _in_time, release_bounded
from coprod.kernel.files import read_text
from coprod.kernel.problem import BadInputError, RefusedError


def test_work_that_takes_too_long_is_stopped_and_says_so() -> None:
    begun = time.perf_counter()
    with pytest.raises(StoppedError, match="longer than 1 seconds"):
        Job(time.sleep, 60).result(1.0)
    assert time.perf_counter() - begun < 15


def test_a_material_that_takes_too_long_is_refused_with_what_to_do() -> None:
    with pytest.raises(BadInputError, match=r"longer than 1 seconds.*pictures smaller"):
        _in_time("not-your-fault", 1.0, time.sleep, 60)


def test_a_refusal_comes_back_with_every_reason_and_nothing_is_written(tmp_path: Path) -> None:
    workspace = begin_workspace(tmp_path / "work", "Riverside", "england")
    with pytest.raises(RefusedError) as refused:
        release_bounded(workspace, "not-your-fault", date(2026, 12, 1))
    assert any("no sign-off" in reason for reason in refused.value.reasons)
    assert any("no panel" in reason for reason in refused.value.reasons)
    assert list(workspace.out.iterdir()) == []


def test_a_mistake_comes_back_with_its_place(tmp_path: Path) -> None:
    with pytest.raises(BadInputError) as refused:
        _in_time("x", 30.0, read_text, tmp_path / "none")
    assert refused.value.problems[0].path.endswith("none")
