"""`coprod campaigns check`: what a person reads, what a program reads, and the exit codes both rely on."""

import json
import os
import re
import subprocess
import sys
from datetime import date
from importlib import resources
from pathlib import Path

import pytest

from coprod.cli.main import main
from coprod.journeys.checking import checks
from coprod.kernel.problem import BadInputError

ROOT = Path(__file__).parents[2]


def with_coprod() -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": str(ROOT)}


BAD = "# Leaflet\n\nShe shows **risky**\nbehaviour, and it is not a lifestyle choice.\n"
KEYS = {
    "rule",
    "severity",
    "line",
    "column",
    "end_line",
    "end_column",
    "text",
    "message",
    "instead",
    "source",
}


@pytest.fixture
def leaflet(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    file = tmp_path / "leaflet.md"
    file.write_text(BAD, "utf-8")
    return file


def test_json_has_the_keys_that_programs_rely_on(leaflet, capsys):
    assert main(["campaigns", "check", str(leaflet), "--audience", "professionals", "--format", "json"]) == 1
    (file,) = json.loads(capsys.readouterr().out)["files"]
    assert file["path"] == str(leaflet)
    (finding,) = file["findings"]
    (mention,) = file["mentions"]
    assert set(finding) >= KEYS
    assert set(mention) >= KEYS
    assert {"grade_low", "grade_high", "words", "sentences"} <= set(file["readability"])
    place = [finding[key] for key in ("line", "column", "end_line", "end_column")]
    assert place == [3, 13, 4, 10]
    assert finding["text"] == "risky behaviour"
    assert mention["rule"] == "lifestyle-choice"


def test_text_shows_the_line_with_the_words_underlined(leaflet, capsys):
    leaflet.write_text("She is promiscuous.\n", "utf-8")
    assert main(["campaigns", "check", str(leaflet)]) == 1
    shown = capsys.readouterr().out
    assert "leaflet.md:1:8: block promiscuous" in shown
    line = next(text for text in shown.split("\n") if "She is" in text)
    carets = shown.split("\n")[shown.split("\n").index(line) + 1]
    assert line[carets.index("^") : carets.rindex("^") + 1] == "promiscuous"
    assert "why:" in shown
    assert "instead:" in shown
    assert "source:" in shown
    assert shown.isascii()


def test_a_long_line_is_cut_around_the_words(leaflet, capsys):
    leaflet.write_text("word " * 100 + "She is promiscuous. " + "word " * 100, "utf-8")
    main(["campaigns", "check", str(leaflet)])
    shown = capsys.readouterr().out.split("\n")
    carets = next(number for number, line in enumerate(shown) if "^" in line)
    assert len(shown[carets - 1]) < 120
    assert shown[carets - 1][shown[carets].index("^") :].startswith("promiscuous")


@pytest.mark.parametrize(("weight", "code"), [("block", 0), ("warn", 1), ("ask", 1)])
def test_fail_on_says_from_which_weight_on_it_fails(leaflet, weight, code):
    leaflet.write_text("These families are hard to reach.\n", "utf-8")
    assert main(["campaigns", "check", str(leaflet), "--fail-on", weight]) == code


def test_a_folder_is_checked_with_all_its_texts(leaflet, capsys):
    (leaflet.parent / "more").mkdir()
    (leaflet.parent / "more" / "b.txt").write_text("Talk to a nurse.\n", "utf-8")
    (leaflet.parent / ".hidden.md").write_text("She is promiscuous.\n", "utf-8")
    main(["campaigns", "check", ".", "--format", "json"])
    files = json.loads(capsys.readouterr().out)["files"]
    assert [Path(file["path"]).name for file in files] == ["leaflet.md", "b.txt"]


def test_every_bad_file_is_named_in_one_run(leaflet, capsys):
    (leaflet.parent / "a.md").write_bytes(b"\xff\xfe")
    (leaflet.parent / "b.md").write_text("", "utf-8")
    assert main(["campaigns", "check", "a.md", "b.md", "nowhere.md", str(leaflet)]) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert [line.split(":")[0] for line in said.err.strip().split("\n")] == ["a.md", "b.md", "nowhere.md"]


def test_many_files_are_checked_by_several_processes_with_the_same_result_in_the_same_order(
    tmp_path, monkeypatch
):
    monkeypatch.setattr(checks, "FEWEST_A_PROCESS", 2)
    for number in range(5):
        (tmp_path / f"{number}.md").write_text(f"{BAD}\nNumber {number}.\n", "utf-8")
    brief = checks.CheckBrief(date(2026, 11, 22))
    together, alone = (checks.check_paths([str(tmp_path)], None, brief, many) for many in (2, 1))
    assert together == alone
    assert [Path(one.result.path).name for one in together] == [f"{number}.md" for number in range(5)]
    (tmp_path / "1.md").write_bytes(b"\x00\x01")
    (tmp_path / "4.md").write_text("", "utf-8")
    with pytest.raises(BadInputError) as caught:
        checks.check_paths([str(tmp_path)], None, brief, 2)
    assert [Path(problem.path).name for problem in caught.value.problems] == ["1.md", "4.md"]


def test_an_empty_folder_is_bad_input(tmp_path, capsys):
    assert main(["campaigns", "check", str(tmp_path)]) == 2
    assert "no file to check" in capsys.readouterr().err


def test_pasted_text_is_read_from_the_pipe(monkeypatch, capsys, tmp_path):
    import io

    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("sys.stdin", io.StringIO("She is promiscuous."))
    assert main(["campaigns", "check", "-", "--format", "json"]) == 1
    assert json.loads(capsys.readouterr().out)["files"][0]["path"] == "-"


def test_escape_codes_in_a_material_never_reach_the_terminal(leaflet, capsys):
    leaflet.write_text("She is \x1b]52;c;aGk=\x07promiscuous \x1b[31mtoday.\n", "utf-8")
    main(["campaigns", "check", str(leaflet)])
    assert not re.search(r"[\x00-\x08\x0b-\x1f\x7f]", capsys.readouterr().out)


def test_rules_are_listed_with_their_weight(capsys):
    assert main(["campaigns", "rules"]) == 0
    assert "block risky-behaviour" in capsys.readouterr().out
    assert main(["campaigns", "rules", "--format", "json"]) == 0
    rules = json.loads(capsys.readouterr().out)["rules"]
    assert len({rule["rule"] for rule in rules}) == len(rules) >= 98


def test_explain_says_what_a_concept_means_and_when_a_broad_rule_is_heard(capsys):
    assert main(["campaigns", "explain", "strict-fear"]) == 0
    said = capsys.readouterr().out
    assert "heard only where the text does harm in other words too" in said
    assert "<scare> is words that frighten: nightmare*" in said


def test_explain_says_who_may_waive_a_warning(capsys):
    assert main(["campaigns", "explain", "law-child-consents"]) == 0
    assert "may be waived by: nobody" in capsys.readouterr().out


def test_explain_says_why_and_what_it_finds_on_a_line(leaflet, capsys):
    assert main(["campaigns", "explain", "risky-behaviour", f"{leaflet}:3"]) == 0
    shown = capsys.readouterr().out
    assert "NSPCC, Why language matters: risky behaviour" in shown
    assert "`risky behaviour` is a finding (block)" in shown
    assert main(["campaigns", "explain", "lifestyle-choice", f"{leaflet}:4"]) == 0
    assert "is a mention" in capsys.readouterr().out


def test_explain_offers_the_nearest_rule(capsys):
    assert main(["campaigns", "explain", "risky-behavior"]) == 2
    assert "did you mean `risky-behaviour`?" in capsys.readouterr().err


def test_a_file_that_is_no_pdf_gets_one_message_and_no_word_of_the_library_that_reads_it(tmp_path):
    (tmp_path / "leaflet.pdf").write_bytes(b"%PDF-1.7 nothing")
    command = [sys.executable, "-m", "coprod", "campaigns", "check", "leaflet.pdf"]
    done = subprocess.run(
        command, cwd=tmp_path, capture_output=True, text=True, check=False, env=with_coprod()
    )
    assert done.returncode == 2
    (line,) = done.stderr.splitlines()
    assert "not a PDF that can be read" in line
    assert not done.stdout


@pytest.mark.parametrize("name", ["moving.gif", "small.webp", "drawing.svg"])
def test_a_picture_that_no_format_can_draw_is_named_before_anybody_signs(tmp_path, capsys, name):
    (tmp_path / name).write_bytes(b"GIF89a" + b"x" * 40)
    good = (Path(str(resources.files("campaigns"))) / "starters/not-your-fault.md").read_text("utf-8")
    material = tmp_path / "material.md"
    material.write_text(good.replace("## Easy read", f"![Two friends]({name})\n\n## Easy read", 1), "utf-8")
    assert main(["campaigns", "check", str(material)]) == 2
    assert "save it as PNG or JPEG" in capsys.readouterr().err
