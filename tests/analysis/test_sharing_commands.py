"""Words and tables on their way out: by the gate, on names, on record. All texts are simulated."""

import json
from pathlib import Path

import polars as pl
import pytest

from coprod.cli.main import main
from coprod.journeys.understanding.quotes import approvals_of
from coprod.workspace import load_workspace

ROWS = [
    *[
        ("town", "yes", f"the bus takes ages and makes me late {'again' if place % 2 else ''}")
        for place in range(20)
    ],
    *[("town", "no", "the staff are kind and listen")] * 20,
    *[("coast", "yes", "the bus is fine but slow")] * 5,
    *[("coast", "yes", "the staff are kind to me")] * 55,
]
NAMES = ["--quotes-read-by", "Sam Rees", "--approved-by", "Ana Lee", "--audience", "commissioners"]


@pytest.fixture
def workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Path:
    root = tmp_path / "riverside"
    assert main(["new", str(root)]) == 0
    monkeypatch.chdir(root)
    pl.DataFrame(ROWS, schema=["place", "came", "said"], orient="row").write_csv("a.csv")
    capsys.readouterr()
    return root


@pytest.mark.usefixtures("workspace")
def test_keyness_says_in_plain_words_what_a_group_writes_more(capsys: pytest.CaptureFixture[str]) -> None:
    command = ["analysis", "keyness", "a.csv", "--text", "said", "--by", "place"]
    assert main([*command, "--format", "json"]) == 0
    words = json.loads(capsys.readouterr().out)["words"]
    bus = next(one for one in words if one["word"] == "bus")
    assert (bus["by"], bus["in_group"], bus["elsewhere"]) == ("town", "about 20", "fewer than 10")
    assert not any(isinstance(value, int) for one in words for value in one.values())
    assert main(command) == 0
    printed = " ".join(capsys.readouterr().out.split())
    assert "About 20 people in “town” wrote “bus”" in printed
    assert "Not audited" in printed


@pytest.mark.usefixtures("workspace")
def test_keyness_of_too_few_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    pl.DataFrame(ROWS[:30], schema=["place", "came", "said"], orient="row").write_csv("few.csv")
    assert main(["analysis", "keyness", "few.csv", "--text", "said", "--by", "place"]) == 3
    assert main(["analysis", "keyness", "a.csv", "--text", "said", "--by", "nowhere"]) == 2
    assert "bus" not in capsys.readouterr().out


def test_quotes_nobody_has_read_are_candidates_and_nothing_is_recorded(
    workspace: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["analysis", "quotes", "a.csv", "--text", "said", "--most", "2"]) == 0
    printed = capsys.readouterr().out
    assert "not for publishing" in printed
    assert "coprod does not know whether their writers agreed" in " ".join(printed.split())
    assert approvals_of(load_workspace(workspace)) == ()


def test_quotes_leave_on_two_names_for_an_audience_and_are_recorded_without_their_words(
    workspace: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    command = ["analysis", "quotes", "a.csv", "--text", "said", "--most", "3", "--format", "json"]
    assert main([*command, *NAMES]) == 0
    assert len(json.loads(capsys.readouterr().out)["quotes"]) == 3
    kept = approvals_of(load_workspace(workspace))
    assert [(one.read_by, one.approved_by, one.audience) for one in kept] == [
        ("Sam Rees", "Ana Lee", "commissioners")
    ] * 3
    assert "bus" not in (workspace / "analysis" / "quotes.jsonl").read_text()


@pytest.mark.parametrize("names", [NAMES[:2], NAMES[:4], [*NAMES[:2], *NAMES[4:]], [*NAMES[:3], "sam rees"]])
def test_quotes_with_a_name_or_the_audience_missing_stay(
    workspace: Path, names: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["analysis", "quotes", "a.csv", "--text", "said", *names]) == 3
    assert "kind" not in capsys.readouterr().out
    assert approvals_of(load_workspace(workspace)) == ()


@pytest.mark.usefixtures("workspace")
def test_under_ten_nobody_is_quoted(capsys: pytest.CaptureFixture[str]) -> None:
    pl.DataFrame({"said": ["the staff are kind to me"] * 9}).write_csv("few.csv")
    assert main(["analysis", "quotes", "few.csv", "--text", "said"]) == 3
    assert "kind" not in capsys.readouterr().out


def test_may_publish_answers_without_showing_or_recording(
    workspace: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    ledger = workspace / "analysis" / "releases.jsonl"
    ask = ["analysis", "may-publish", "a.csv", "--question", "came"]
    assert main(ask) == 0
    answered = capsys.readouterr().out
    assert "about" not in answered
    assert "Nothing was shown or recorded" in answered
    assert not ledger.exists()
    assert main(["analysis", "tables", "a.csv", "--question", "came"]) == 0
    before = ledger.read_bytes()
    assert main(ask) == 0
    pl.DataFrame(ROWS[1:], schema=["place", "came", "said"], orient="row").write_csv("b.csv")
    capsys.readouterr()
    assert main(["analysis", "may-publish", "b.csv", "--question", "came", "--format", "json"]) == 1
    printed = json.loads(capsys.readouterr().out)
    assert printed["may"] is False
    assert "release-1" in printed["because"][0]
    assert main(["analysis", "may-publish", "a.csv", "--question", "nowhere"]) == 2
    assert ledger.read_bytes() == before
