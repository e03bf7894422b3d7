"""`coprod analysis tables|redact|ledger|report` as an analyst types them."""

import json
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import get_args

import pytest

from analysis.inputs.batchfile import ChoiceInfo, QuestionInfo, SurveyInfo, batch_to_parquet
from analysis.inputs.responses import read_responses, responses_from_batch
from coprod.cli.main import main
from coprod.journeys.understanding.reading import TableAsked, what_if
from coprod.journeys.understanding.reports import LetOut, ReportRequest, write_report
from coprod.journeys.understanding.signed import How, Signed
from coprod.kernel.problem import BadInputError, RefusedError
from coprod.kernel.record import Chosen, MainRecord, Skipped, TextRecord, Wrote
from coprod.workspace import find_workspace, load_workspace, new_workspace

KEYS = {"question", "answered", "cells"}
NAMES = LetOut("Ana Clerk", "Bo Lead", date(2027, 3, 1))
CELL_KEYS = {"value", "by", "shown", "status", "reason"}


def write(path: Path, columns: dict[str, Sequence[str]]) -> Path:
    rows = zip(*columns.values(), strict=True)
    path.write_text("\n".join([",".join(columns), *(",".join(row) for row in rows)]) + "\n", "utf-8")
    return path


@pytest.fixture
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder that is in no workspace."""
    folder = tmp_path / "elsewhere"
    folder.mkdir()
    monkeypatch.chdir(folder)
    return folder


@pytest.fixture
def inside(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A workspace one stands in."""
    root = new_workspace(tmp_path / "riverside", "Riverside", "england", simulated=True).root
    monkeypatch.chdir(root)
    return root


def run(*words: str) -> int:
    return main(["analysis", *words])


def printed(capsys: pytest.CaptureFixture[str]) -> dict[str, object]:
    value: dict[str, object] = json.loads(capsys.readouterr().out)
    return value


def test_a_table_as_json_has_the_keys_other_programs_rely_on(
    elsewhere: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = write(elsewhere / "a.csv", {"q": ["yes"] * 20 + ["no"] * 14})
    assert run("tables", str(file), "--question", "q", "--format", "json") == 0
    table = printed(capsys)
    assert set(table) >= KEYS
    assert table["answered"] == "about 35"
    assert table["audit"] == "not audited against earlier releases"
    cells = table["cells"]
    assert isinstance(cells, list)
    assert all(set(cell) >= CELL_KEYS for cell in cells)


def test_a_table_as_text_says_why_each_cell_is_as_it_is(
    elsewhere: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = write(elsewhere / "a.csv", {"q": ["yes"] * 20 + ["no"] * 14})
    assert run("tables", str(file), "--question", "q") == 0
    text = capsys.readouterr().out
    assert "rounded: Rounded to the nearest 5" in text
    assert "not audited against earlier releases" in text
    assert max(map(len, text.splitlines())) <= 80


def test_a_breakdown_the_rules_do_not_allow_is_refused_in_both_formats(
    elsewhere: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = write(elsewhere / "a.csv", {"q": ["yes", "no"] * 20, "g": ["x", "y"] * 20})
    words = ("tables", str(file), "--question", "q", "--by", "g")
    assert run(*words) == 3
    assert run(*words, "--format", "json") == 3
    assert "no breakdown under 60" in str(printed(capsys)["refused"])


@pytest.mark.parametrize("content", ["", "q\n", "\x00\x01"])
def test_a_file_that_cannot_be_used_is_bad_input(
    content: str, elsewhere: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (elsewhere / "a.csv").write_text(content)
    assert run("tables", "a.csv", "--question", "q") == 2
    assert capsys.readouterr().err.startswith("a.csv:1:1: ")


def test_a_workspace_keeps_every_table_in_its_ledger(
    inside: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = write(inside / "a.csv", {"q": ["yes"] * 20 + ["no"] * 14})
    assert run("tables", str(file), "--question", "q") == 0
    capsys.readouterr()
    assert run("ledger", "--format", "json") == 0
    releases = printed(capsys)["releases"]
    assert isinstance(releases, list)
    assert [one["id"] for one in releases] == ["release-1"]


def test_one_person_more_is_refused_in_a_workspace(inside: Path) -> None:
    """The difference of two tables one person apart is that person's answer."""
    first = write(inside / "a.csv", {"q": ["yes"] * 20 + ["no"] * 14})
    second = write(inside / "b.csv", {"q": ["yes"] * 20 + ["no"] * 15})
    assert run("tables", str(first), "--question", "q") == 0
    before = (inside / "analysis" / "releases.jsonl").read_bytes()
    assert run("tables", str(second), "--question", "q") == 3
    assert (inside / "analysis" / "releases.jsonl").read_bytes() == before
    signed = ("--reissue", "a new group joined", "--signed", "Ana", "--signed", "Bo")
    assert run("tables", str(second), "--question", "q", *signed) == 0


def test_a_year_later_other_people_answer_and_two_say_so(
    inside: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The audit thinks of the same people, of whom some came and some left; here it would hold the table back."""
    first = write(inside / "a.csv", {"q": ["yes"] * 40 + ["no"] * 18 + ["maybe"] * 2})
    later = write(inside / "b.csv", {"q": ["yes"] * 41 + ["no"] * 13 + ["maybe"] * 8})
    signed = ("--reissue", "a year later, other young people", "--signed", "Ana", "--signed", "Bo")
    assert run("tables", str(first), "--question", "q") == 0
    assert run("tables", str(later), "--question", "q", *signed) == 3
    assert "--other-people" in capsys.readouterr().err
    assert run("tables", str(later), "--question", "q", "--other-people") == 2
    assert run("tables", str(later), "--question", "q", *signed[:4], "--other-people") == 3
    assert run("tables", str(later), "--question", "q", *signed, "--other-people") == 0


def test_a_year_later_the_desk_is_told_the_same_on_two_names_without_a_screen(inside: Path) -> None:
    """What is signed of the data holds for the table that is asked about, and asking records nothing."""
    first = write(inside / "a.csv", {"q": ["yes"] * 40 + ["no"] * 18 + ["maybe"] * 2})
    later = write(inside / "b.csv", {"q": ["yes"] * 41 + ["no"] * 13 + ["maybe"] * 8})
    assert run("tables", str(first), "--question", "q") == 0
    workspace, responses = find_workspace(inside), read_responses(later)
    assert workspace is not None
    may_leave = {
        (how, names): not what_if(
            responses, workspace, later, TableAsked("q", signed=Signed(how, "why", names))
        ).why_not
        for how in get_args(How)
        for names in (("Ana",), ("Ana", "Bo"))
    }
    assert [asked for asked, may in may_leave.items() if may] == [
        ("other-people", ("Ana", "Bo")),
        ("override", ("Ana", "Bo")),
    ]


def test_redaction_gives_one_row_for_each_row_and_says_a_person_must_read(
    elsewhere: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = write(
        elsewhere / "a.csv", {"q": ["1", "2", "3"], "t": ["ring 07700 900123", "", "my worker Zinnia"]}
    )
    assert run("redact", str(file), "--text", "t", "--format", "json") == 0
    value = printed(capsys)
    assert value["rows"] == [
        {"text": "ring [phone]", "removed": [{"start": 5, "end": 17, "kind": "phone", "instead": "phone"}]},
        {"text": "", "removed": []},
        {
            "text": "my worker [worker]",
            "removed": [{"start": 10, "end": 16, "kind": "name", "instead": "worker"}],
        },
    ]
    assert "person must read" in str(value["caution"])


def test_the_ledger_needs_a_workspace(elsewhere: Path) -> None:
    del elsewhere
    assert run("ledger") == 2


def test_a_report_is_written_as_page_and_pdf_and_marked(
    inside: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = write(inside / "a.csv", {"q": ["yes"] * 20 + ["no"] * 14})
    assert run("report", str(file), "--question", "q", "--name", "autumn", "--format", "json") == 0
    written = printed(capsys)
    page, pdf = Path(str(written["page"])), Path(str(written["pdf"]))
    assert (page.name, pdf.name) == ("autumn-report.html", "autumn-report.pdf")
    html = page.read_text("utf-8")
    for words in ("Indicators are not evidence", "Who is missing", "about 20", "release-1", "imulated"):
        assert words in html
    assert pdf.read_bytes().startswith(b"%PDF")


SHA = "a" * 64


def said(number: int) -> str:
    """Give a make-believe answer on one of three subjects."""
    subjects = (
        "my worker Zinnia rang me every week",
        "the waiting room was cold and the waiting long",
        "they kept it private",
    )
    openings = ("", "honestly ", "for me ", "last time ", "mostly ")
    endings = (" and that mattered", " again", "", " after school", " this year", " I think", " so I stayed")
    return f"{openings[number % 5]}{subjects[number % 3]}{endings[number % 7]}"


def batch(inside: Path, writers: int, *, agreed: bool = True) -> tuple[Path, bytes]:
    """A make-believe batch, as its bytes and a file that stands for the sealed one."""
    choices = (ChoiceInfo("yes", "Yes"), ChoiceInfo("no", "No"))
    questions = (
        QuestionInfo("q", "Did they listen?", "choose-one", choices),
        QuestionInfo("t", "What helped?", "text"),
    )
    survey = SurveyInfo(SHA, "A survey", questions)
    mains = [
        MainRecord(SHA, {"q": Chosen(("yes",)) if n % 3 else Skipped(), "t": Wrote()}) for n in range(writers)
    ]
    texts = [TextRecord(SHA, "t", said(n), may_quote=agreed) for n in range(writers)]
    stand_in = inside / "analysis" / "autumn.parquet"
    content = batch_to_parquet(mains, texts, [survey], simulated=True)
    stand_in.write_bytes(content)
    return stand_in, content


def html_of(inside: Path, request: ReportRequest, writers: int = 40, *, agreed: bool = True) -> str:
    source, content = batch(inside, writers, agreed=agreed)
    written = write_report(load_workspace(inside), source, responses_from_batch(content), request)
    return written.page.read_text("utf-8")


def test_a_report_of_a_batch_asks_every_question_and_names_nobody(inside: Path) -> None:
    html = html_of(inside, ReportRequest("autumn", "Autumn", let_out=NAMES))
    assert "Did they listen?" in html
    assert "What helped?" in html
    assert "inni" not in html.casefold()
    assert "<blockquote>" in html
    assert "[name]" not in html, "what had a name in it leaves only when somebody lets just that out"


def test_nothing_is_quoted_before_somebody_has_read_it(inside: Path) -> None:
    assert "<blockquote>" not in html_of(inside, ReportRequest("autumn", "Autumn"))


def test_nobody_is_quoted_who_did_not_agree(inside: Path) -> None:
    request = ReportRequest("autumn", "Autumn", let_out=NAMES)
    assert "<blockquote>" not in html_of(inside, request, agreed=False)


def test_the_same_answers_under_new_ids_give_the_same_report(inside: Path, tmp_path: Path) -> None:
    """Response ids are new at each opening, and nothing that leaves may depend on them."""
    first = html_of(inside, ReportRequest("autumn", "Autumn", let_out=NAMES))
    other = new_workspace(tmp_path / "other", "Riverside", "england", simulated=True).root
    assert html_of(other, ReportRequest("autumn", "Autumn", let_out=NAMES)) == first


@pytest.mark.parametrize("name", ["", "../up", "a/b", ".hidden"])
def test_a_report_cannot_be_written_anywhere_else(name: str, inside: Path) -> None:
    with pytest.raises(BadInputError):
        html_of(inside, ReportRequest(name, "Autumn"))


def test_a_refused_report_writes_nothing(inside: Path) -> None:
    html_of(inside, ReportRequest("autumn", "Autumn"))
    (inside / "out" / "autumn-report.html").unlink()
    with pytest.raises(RefusedError):
        html_of(inside, ReportRequest("autumn", "Autumn"), writers=41)
    assert not (inside / "out" / "autumn-report.html").exists()


def test_words_of_a_small_batch_are_not_printed(inside: Path, capsys: pytest.CaptureFixture[str]) -> None:
    source, _ = batch(inside, 9)
    assert run("redact", str(source), "--text", "t") == 3
    assert "inni" not in capsys.readouterr().out
