"""An analyst codes, undoes, compares and exports from the command line; nothing raw leaves without two names."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from analysis.inputs.responses import read_responses
from analysis.publishing.raw import RAW_FILE, read_raw
from coprod.cli.coding_visit import CodingVisit
from coprod.cli.main import main
from coprod.journeys.understanding.codings import coding_work, together
from coprod.workspace import here, new_workspace

from .simulated_answers import simulated_answers
from .typed_lines import Typed

RAW = ("--raw", "--reason", "archive", "--signed", "Ana Clerk", "--signed", "Bo Lead")


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    new_workspace(tmp_path / "w", "Simulated", "england", simulated=True)
    monkeypatch.chdir(tmp_path / "w")
    path = tmp_path / "answers.csv"
    pl.DataFrame({"said": [text or "fine" for text in simulated_answers(40)]}).write_csv(path)
    return path


def run(*words: object, file: Path | None = None) -> int:
    kind, *rest = [str(word) for word in words]
    named = [kind] if file is None else [*kind.split(), str(file), "--text", "said"]
    return main(["analysis", *named, *rest])


def code(file: Path, what: str, *rest: object, by: str = "AB") -> int:
    return run(f"code {what}", *rest, "--by", by, file=file)


def printed(capsys: pytest.CaptureFixture[str]) -> Any:
    return json.loads(capsys.readouterr().out)


def test_codes_are_given_taken_undone_and_told_in_the_trail(
    file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert code(file, "give", "row-1", "waits", "GP", "--why", "it is about delay") == 0
    assert code(file, "give", "row-2", "waits", "--span", "0:3", "--suggested") == 0
    assert code(file, "take", "row-1", "gp") == 0
    assert code(file, "read", "row-1", "row-2", "row-3") == 0
    assert code(file, "undo", "4") == 0
    capsys.readouterr()
    assert run("code trail", "--format", "json", file=file) == 0
    trail = printed(capsys)["trail"]
    assert [one["did"]["event"] for one in trail] == ["coded", "coded", "coded", "uncoded", "read", "read", "read", "undone"]  # fmt: skip
    assert trail[0]["why"] == "it is about delay"
    assert trail[2]["did"]["span"] == {"start": 0, "end": 3}
    assert {one["coder"] for one in trail} == {"AB"}


def test_a_codebook_grows_by_adding_renaming_merging_and_splitting(
    file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert code(file, "add", "rude", "--name", "Rudeness", "--definition", "Being rude.", "--under", "how-it-was") == 0  # fmt: skip
    assert code(file, "give", "row-1", "rude") == 0
    assert code(file, "rename", "rude", "Being brushed off") == 0
    assert code(file, "split", "being brushed off", "waits", "row-1") == 0
    assert code(file, "merge", "gp", "access-points", "--why", "same door") == 0
    assert run("export", "-o", "book.yaml", file=file) == 0
    assert run("codebook", "check", "book.yaml") == 0
    capsys.readouterr()
    assert run("codebook", "list", "book.yaml", "--format", "json") == 0
    book = printed(capsys)
    names = {one["id"]: one["name"] for one in book["codes"]}
    assert names["rude"] == "Being brushed off"
    assert "gp" not in names
    assert "merged gp into access-points: same door" in [change["what"] for change in book["history"]]


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("give", "row-99", "waits"), "no such answer"),
        (("give", "row-1", "wait"), "did you mean `waits`"),
        (("give", "row-1", "places"), "only holds other codes"),
        (("give", "row-1", "waits", "--span", "0:9999"), "the answer ends at"),
        (("give", "row-1", "waits", "--span", "here"), "START:END"),
        (("undo", "7"), "no event 7"),
        (("add", "waits", "--name", "X", "--definition", "y"), "two codes have the id"),
        (("add", "Odd Id", "--name", "X", "--definition", "y"), "small letters, digits and hyphens"),
        (("give", "row-1", "waits", "--why", "long " * 100), "over 300 characters"),
    ],
)
def test_what_cannot_be_is_told_and_nothing_is_written(
    words: tuple[str, ...], told: str, file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert code(file, *words) == 2
    assert told in capsys.readouterr().err
    assert not [path for path in Path("analysis").glob("*.coding") if len(path.read_bytes().splitlines()) > 1]


def test_a_coder_who_types_a_name_is_asked_for_initials(
    file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert code(file, "read", "row-1", by="Anna Blank") == 2
    assert "capital letters" in capsys.readouterr().err
    assert not list(Path("analysis").iterdir())


def test_a_reason_may_not_carry_the_answer_into_the_coding_file(
    tmp_path: Path, file: Path, capsys: pytest.CaptureFixture[str], canary: str
) -> None:
    said = f"my worker {canary} never rang me back again"
    pl.DataFrame({"said": [said, "fine"]}).write_csv(file)
    assert code(file, "give", "row-1", "waits", "--why", f"says: {said}") == 2
    assert canary not in capsys.readouterr().err
    assert code(file, "give", "row-1", "waits", "--span", "0:9") == 0
    assert not [path for path in (tmp_path / "w").rglob("*.coding") if canary.encode() in path.read_bytes()]


def test_a_changed_file_is_not_coded_on_because_its_places_may_be_wrong(
    file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert code(file, "give", "row-1", "waits") == 0
    file.write_bytes(file.read_bytes() + b"one more\n")
    assert code(file, "give", "row-2", "waits") == 2
    assert "another version of the file" in capsys.readouterr().err


def coded_by_two(file: Path) -> None:
    for row in range(1, 21):
        assert code(file, "give", f"row-{row}", "waits" if row % 2 else "gp") == 0
        given = "waits" if row % 2 or row > 16 else "gp"
        assert code(file, "give", f"row-{row}", given, by="CD") == 0


def test_two_coders_see_how_far_they_agree_and_where_to_talk(
    file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    coded_by_two(file)
    capsys.readouterr()
    assert run("agree", "--format", "json", file=file) == 0
    found = printed(capsys)
    assert found["coders"] == ["AB", "CD"]
    assert found["answers"] == "about 20"
    alpha = {one["code"]: one["alpha"] for one in found["codes"]}["waits"]
    assert alpha["low"] < alpha["value"] < alpha["high"]
    assert {one["response"] for one in found["disagreements"]} == {"row-18", "row-20"}
    assert run("agree", file=file) == 0
    assert "A reason to talk, not a mark" in capsys.readouterr().out


def test_picked_answers_are_written_down_and_a_share_of_them_is_refused(
    file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert code(file, "next", "--most", "5", "--format", "json") == 0
    picked = printed(capsys)
    assert picked["how"] == "diverse"
    assert len(picked["read_next"]) == 5
    assert code(file, "give", picked["read_next"][0], "waits") == 0
    assert code(file, "read", *picked["read_next"]) == 0
    capsys.readouterr()
    assert code(file, "table") == 3
    assert "drawn at random" in capsys.readouterr().err
    assert next(Path("analysis").glob("*.machine.coding")).read_bytes().count(b'"picked"') == 1
    assert code(file, "read", *(f"row-{row}" for row in range(1, 41))) == 0
    capsys.readouterr()
    assert code(file, "table", "--format", "json") == 0
    table = printed(capsys)
    assert table["answered"] == "about 40"
    assert {cell["value"] for cell in table["cells"]} >= {"Waits", "GP"}
    assert all(not cell["shown"].strip().isdigit() for cell in table["cells"])
    assert "release-1" in table["audit"]


@pytest.mark.parametrize("to", ["out.qdpx", "out.csv"])
@pytest.mark.parametrize(
    "options",
    [
        (),
        ("--raw",),
        RAW[1:],
        RAW[:5],
        (*RAW[:5], "--signed", " ana clerk "),
        ("--raw", *RAW[3:]),
    ],
)
def test_raw_answers_leave_only_with_raw_two_names_and_a_reason(
    options: tuple[str, ...], to: str, file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert code(file, "give", "row-1", "waits") == 0
    assert run("export", "-o", to, *options, file=file) == 3
    assert "refused" in capsys.readouterr().err
    assert not Path(to).exists()
    assert not Path("analysis", RAW_FILE).exists()


def test_a_raw_export_is_recorded_and_comes_back_from_a_qdpx_the_same(
    file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    coded_by_two(file)
    assert code(file, "give", "row-30", "waits", "--span", "0:4") == 0
    assert run("export", "-o", "out.qdpx", *RAW, file=file) == 0
    assert "Ana Clerk and Bo Lead" in capsys.readouterr().out
    assert read_raw(Path("analysis", RAW_FILE))[0].what == "out.qdpx"
    assert run("import", "out.qdpx", "-o", "taken") == 0
    assert sorted(path.suffix for path in Path("taken").iterdir()) == [".coding", ".coding", ".csv", ".yaml"]
    back = pl.read_csv("taken/answers.csv")["text"].to_list()
    assert back == pl.read_csv(file)["said"].to_list()
    capsys.readouterr()
    elsewhere = Path("taken/answers.csv").resolve()
    with pytest.MonkeyPatch.context() as moved:
        moved.chdir("/")
        assert main(["analysis", "agree", str(elsewhere), "--text", "text", "--format", "json"]) == 0
    assert {one["response"] for one in printed(capsys)["disagreements"]} == {"row-18", "row-20"}


def test_a_table_of_noughts_and_ones_runs_no_formula(file: Path) -> None:
    pl.DataFrame({"said": ['=HYPERLINK("http://x.invalid")', "-5", "fine ŵ 💜"]}).write_csv(file)
    assert code(file, "give", "row-1", "waits") == 0
    assert code(file, "read", "row-1", "row-2") == 0
    assert run("export", "-o", "out.csv", *RAW, file=file) == 0
    rows = pl.read_csv("out.csv", infer_schema=False)
    assert rows["text"].to_list() == ['\'=HYPERLINK("http://x.invalid")', "-5", "fine ŵ 💜"]
    assert rows["Waits"].to_list() == ["1", "0", None]
    assert rows["coder"].to_list() == ["AB", "AB", None]


def test_a_codebook_leaves_without_names_because_no_answer_is_in_it(file: Path) -> None:
    assert run("export", "-o", "book.qdc", file=file) == 0
    assert run("export", "-o", "book.taguette.csv", file=file) == 0
    assert run("codebook", "check", "book.qdc") == 0
    rows = pl.read_csv("book.taguette.csv")
    assert rows.columns == ["path", "description"]
    assert "Getting help.Waits" in rows["path"].to_list()


def test_an_import_never_writes_into_a_folder_that_holds_something(
    file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("export", "-o", "book.qdc", file=file) == 0
    assert run("import", "book.qdc", "-o", "analysis") == 0
    assert run("import", "book.qdc", "-o", "analysis") == 2
    assert "not empty" in capsys.readouterr().err


def test_what_is_picked_next_is_shown_on_a_screen_that_clears_and_nowhere_else(
    file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A pipe keeps every line, so nothing is picked or shown there."""
    texts = set(pl.read_csv(file)["said"])
    for more in ((), ("--format", "json")):
        assert code(file, "next", "--read", *more) == 3
        said = capsys.readouterr()
        assert not any(text in said.out + said.err for text in texts)
    assert not list(Path("analysis").glob("*.coding"))


def test_picked_answers_are_read_and_coded_by_number_one_at_a_time(file: Path) -> None:
    work = coding_work(read_responses(file), file, "said", here())
    terminal = Typed("2, 1", "99", "", "s", "b", "q")
    visit = CodingVisit(terminal, work, "AB", date(2027, 3, 1))
    visit.read(["row-1", "row-2", "row-3"], says=["Picked diverse"])
    coder = together(work).coders[0]
    assert coder.codes_of("row-1") == {one.id for one in visit.codes[:2]}
    assert coder.judged == {"row-1"}
    assert terminal.now == ""
    shown = [screen for screen in terminal.screens if screen]
    assert [sum(work.texts[row] in " ".join(screen.split()) for screen in shown) for row in ("row-1", "row-2", "row-3")] == [3, 2, 1]  # fmt: skip
    assert "Given: " in shown[1]
    assert "Nothing was written" in shown[2]
