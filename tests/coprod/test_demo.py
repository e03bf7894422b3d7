"""Somebody who tries coprod sees the whole loop work, on a service that is plainly make-believe."""

import hashlib
import re
from datetime import date
from pathlib import Path

import pytest

from campaigns.releasing.signoff import SIGNOFF_FILE, load_signoff
from coprod.journeys.demo import run_demo
from coprod.kernel.problem import BadInputError
from coprod.workspace import load_workspace

TODAY = date(2027, 3, 1)


@pytest.fixture(scope="module")
def demos(tmp_path_factory):
    """Run the same seed twice: what must be the same can be compared, and what must differ."""
    with pytest.MonkeyPatch.context() as patch:
        made = []
        for name in ("first", "second"):
            base = tmp_path_factory.mktemp(name)
            patch.setenv("COPROD_HOME", str(base / "device"))
            told: list[str] = []
            made.append((run_demo(base / "riverside", 7, TODAY, told.append), told))
        yield made


def files(outcome, pattern: str) -> dict[str, Path]:
    root = outcome.service.workspace.root
    return {path.relative_to(root).as_posix(): path for path in sorted(root.glob(pattern)) if path.is_file()}


def digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def test_the_good_material_gets_out_and_the_one_full_of_blame_does_not(demos):
    outcome, _ = demos[0]
    assert {path.suffix for path in outcome.good.files.paths} >= {".html", ".pdf", ".png", ".txt"}
    assert all(path.stat().st_size > 200 for path in outcome.good.files.paths)
    assert len(outcome.bad.reasons) > 3
    assert not list(outcome.service.workspace.out.glob("what-not-to-write*"))


def test_it_tells_those_who_decide_and_those_who_were_asked(demos):
    outcome, _ = demos[0]
    assert {path.suffix for path in outcome.told.report.files.values()} == {".html", ".pdf", ".docx", ".xlsx"}
    report, pathway = (one.page.read_text("utf-8") for one in (outcome.told.report, outcome.told.pathway))
    assert "For commissioners of health services" in report
    assert report.index("Who is missing") < report.index("At a glance")
    assert "The same as a table" in pathway
    page = next(path for path in outcome.answers.files.paths if path.suffix == ".html").read_text("utf-8")
    assert "This is what we did" in page
    assert "We have not answered this yet" in page


def test_the_same_seed_gives_the_same_report_and_the_same_drawn_files(demos):
    first, second = (files(outcome, "out/**/*") for outcome, _ in demos)
    assert list(first) == list(second)
    assert len(first) >= 6
    assert [name for name in first if digest(first[name]) != digest(second[name])] == []


def test_the_same_seed_never_gives_the_same_keys_ids_or_shuffles(demos):
    for pattern in ("boxes/*.box", "boxes/*.bundle", "analysis/*.batch", "coprod.toml"):
        first, second = (files(outcome, pattern) for outcome, _ in demos)
        assert list(first) == list(second) != []
        assert not {digest(path) for path in first.values()} & {digest(path) for path in second.values()}


def test_everything_that_leaves_says_that_it_is_simulated(demos):
    outcome, told = demos[0]
    assert "SIMULATED" in told[0]
    for name, path in files(outcome, "out/**/*").items():
        if path.suffix in {".html", ".txt"}:
            assert re.search("simulated", path.read_text("utf-8"), re.IGNORECASE), name


def test_words_that_two_people_wrote_alike_are_answered_once(demos):
    """A comment answered twice was shown to nobody any more as soon as somebody decided one thing anew."""
    signoff = load_signoff(demos[0][0].service.workspace.campaigns / "not-your-fault" / SIGNOFF_FILE)
    assert signoff is not None
    named = [one.comment for one in signoff.signed.decisions.comments]
    assert len(named) == len(set(named))


def test_it_leaves_a_workspace_that_opens_again(demos):
    outcome, _ = demos[0]
    workspace = load_workspace(outcome.service.workspace.root)
    assert workspace.settings.simulated
    assert len(workspace.settings.key_holders) == 2


def test_no_key_lies_in_the_workspace(demos):
    outcome, _ = demos[0]
    held = b"".join(path.read_bytes() for path in files(outcome, "**/*").values())
    assert b"AGE-SECRET-KEY" not in held
    assert not files(outcome, "**/*.key")


def test_a_folder_that_holds_something_is_left_alone(tmp_path, monkeypatch):
    monkeypatch.setenv("COPROD_HOME", str(tmp_path / "device"))
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "precious.txt").write_text("mine", "utf-8")
    with pytest.raises(BadInputError, match="not empty"):
        run_demo(tmp_path / "mine", 1, TODAY, lambda _line: None)
    assert [path.name for path in (tmp_path / "mine").iterdir()] == ["precious.txt"]


def test_nothing_but_the_demo_takes_a_seed():
    """A seed reachable from a real session would let somebody foretell its shuffles."""
    root = Path(__file__).parents[2]
    takers = {
        path.relative_to(root).as_posix()
        for room in ("coprod", "surveys")
        for path in (root / room).rglob("*.py")
        if re.search(
            r"\brandom\.Random\(|random\.seed|^import random$", path.read_text("utf-8"), re.MULTILINE
        )
    }
    allowed = ("coprod/journeys/demo/", "coprod/journeys/demo/respondents.py", "coprod/cli/demo.py")
    assert [path for path in takers if not path.startswith(allowed)] == []
