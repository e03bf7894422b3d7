"""Slow work apart from the screen: it comes back, it can be stopped, and it tells nothing it should not."""

import threading
import time
from pathlib import Path

import pytest

from coprod.jobs import Job, StoppedError
from coprod.kernel.files import read_text


def test_a_job_gives_what_its_function_gives() -> None:
    assert Job(sorted, [3, 1, 2]).result() == [1, 2, 3]


def test_a_problem_comes_back_in_its_own_words(tmp_path: Path) -> None:
    with pytest.raises(StoppedError, match="there is no such file"):
        Job(read_text, tmp_path / "none").result()


def test_a_bug_names_its_place_and_never_its_value(canary: str) -> None:
    with pytest.raises(StoppedError) as caught:
        Job(int, canary).result()
    assert "This is a bug (ValueError at jobs.py:" in str(caught.value)
    assert canary not in str(caught.value)


def test_what_the_work_prints_does_not_reach_the_terminal(
    capfd: pytest.CaptureFixture[str], canary: str
) -> None:
    assert Job(print, canary).result() is None
    assert canary not in "".join(capfd.readouterr())


def test_a_job_can_be_stopped_at_once() -> None:
    job = Job(time.sleep, 60)
    threading.Timer(0.1, job.stop).start()
    begun = time.perf_counter()
    with pytest.raises(StoppedError, match="stopped"):
        job.result()
    assert time.perf_counter() - begun < 10
