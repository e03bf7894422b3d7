"""Whatever file somebody names, they get one clear message, exit code 2, and nothing on disk changes."""

import csv
import io
import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from polars.exceptions import PanicException

from coprod.cli.main import main
from coprod.cli.output import print_json

FILES = {
    "empty": b"",
    "binary": b"\x00\x01\x02\xff" * 40,
    "badly-encoded": b"one,two\nlatin \xe9t\xe9,2\n",
    "malformed": b'---\nformat: [1\n"x: {\none,two\n1,2,3,4\n',
    "escape": b"\x1b]52;c;UFdORUQ=\x07: [\n",
}
COMMANDS = {
    "themes": ("analysis", "themes", "{}.csv", "--text", "answer"),
    "tables": ("analysis", "tables", "{}.csv", "--question", "answer"),
    "redact": ("analysis", "redact", "{}.csv", "--text", "answer"),
    "words": ("analysis", "words", "{}.csv", "--text", "answer"),
    "workbook": ("analysis", "themes", "{}.xlsx", "--text", "answer"),
    "parquet": ("analysis", "themes", "{}.parquet", "--text", "answer"),
    "batch": (
        "analysis",
        "themes",
        "{}.batch",
        "--text",
        "answer",
        "--key",
        "{}.key",
        "--passphrase-file",
        "pass",
    ),
    "questionnaire": ("surveys", "check", "{}.yaml"),
    "preview": ("surveys", "preview", "{}.yaml", "--plain"),
    "material": ("campaigns", "check", "{}.md"),
    "material-as-text": ("campaigns", "check", "{}.txt"),
}


def contents(folder: Path) -> dict[str, bytes]:
    return {str(path): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COPROD_HOME", str(tmp_path / "device"))
    (tmp_path / "pass").write_text("four words are here\n", "utf-8")
    return tmp_path


CASES = [
    (command, kind)
    for command in COMMANDS
    for kind in (*FILES, "missing", "a-folder")
    # Plain text with an odd character in it is a material like any other: the check reports the character.
    if not (command.startswith("material") and kind in {"escape", "malformed"})
]


@pytest.mark.parametrize(("command", "kind"), CASES)
def test_a_bad_file_gets_a_clear_message_and_changes_nothing(folder, capfd, command, kind):
    arguments = [word.replace("{}", kind) for word in COMMANDS[command]]
    for name in [word for word in arguments if word.startswith(kind)]:
        if kind in FILES:
            (folder / name).write_bytes(FILES[kind])
        if kind == "a-folder":
            (folder / name).mkdir()
    before = contents(folder)
    code = main(arguments)
    told = capfd.readouterr().err
    assert code == 2
    assert told.strip()
    assert "Traceback" not in told
    assert "bug" not in told
    assert "\x1b" not in told
    assert contents(folder) == before


@pytest.mark.parametrize("kind", ["csv", "yaml", "md"])
def test_a_huge_file_is_refused_before_it_is_read(folder, capfd, kind):
    path = folder / f"huge.{kind}"
    with path.open("wb") as file:
        file.truncate(3_000_000_000)
    command = {"csv": COMMANDS["themes"], "yaml": COMMANDS["questionnaire"], "md": COMMANDS["material"]}[kind]
    assert main([word.replace("{}", "huge") for word in command]) == 2
    assert "3,000,000,000 bytes" in capfd.readouterr().err


@pytest.mark.parametrize("kind", [KeyError, PanicException])
def test_a_bug_never_shows_what_it_was_working_on(monkeypatch, capfd, canary, kind):
    """Polars' panics are no Exception: they would pass the last stop as a traceback."""

    def broken(_arguments):
        answer = canary
        raise kind(answer)

    monkeypatch.setattr("coprod.cli.doctor.doctor", broken)
    assert main(["doctor"]) == 70
    told = capfd.readouterr()
    assert canary not in told.err + told.out
    assert f"this is a bug ({kind.__name__} at test_bad_input.py:" in told.err


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere every name is in Unicode")
@pytest.mark.parametrize("kind", ["text", "json", "sarif", "html"])
def test_a_file_whose_name_is_not_in_utf_8_is_checked_like_any_other(folder, capfd, monkeypatch, kind):
    """An archive from an old computer unpacks to such names."""
    monkeypatch.setenv("COPROD_HOME", str(folder))
    name = os.fsdecode(b"caf\xe9.txt")
    Path(name).write_text("She is promiscuous.", "utf-8")
    assert main(["campaigns", "check", name, "--format", kind]) == 1
    assert "caf" in capfd.readouterr().out


def test_json_holds_nothing_that_steers_a_terminal_and_says_the_same(capfd):
    held = {"said": "red \x9b31m, back \u202e, and plain ŵ"}
    print_json(held)
    told = capfd.readouterr().out
    assert not {"\x9b", "\u202e"} & set(told)
    assert json.loads(told) == held


def test_letters_that_a_pipe_does_not_know_end_nothing(tmp_path):
    """Python's own choice on Windows is an old set of letters, and elsewhere to stop at a byte that is not UTF-8."""
    variables = {**os.environ, "PYTHONIOENCODING": "ascii:strict"}
    told = [
        subprocess.run(
            [sys.executable, "-m", "coprod", *words],
            input=b"They listened at the caf\xe9.\n", capture_output=True, env=variables, cwd=tmp_path, check=False,
        )
        for words in (["campaigns", "check", "-"], ["contacts", "list", "--format", "json"])
    ]  # fmt: skip
    assert [(one.returncode, one.stderr) for one in told] == [(0, b""), (0, b"")]
    assert json.loads(told[1].stdout.decode("utf-8"))


@pytest.mark.parametrize("arguments", [["nope"], ["surveys"], ["campaigns", "chek"], ["analysis", "themes"]])
def test_a_slip_in_a_command_says_where_to_look(arguments, capfd):
    with pytest.raises(SystemExit) as leaving:
        main(arguments)
    assert leaving.value.code == 2
    assert "--help" in capfd.readouterr().err


def test_a_refusal_says_why_and_is_told_apart_by_its_exit_code(folder, capfd):
    (folder / "few.csv").write_text("answer\nthey listened\n", "utf-8")
    assert main(["analysis", "themes", "few.csv", "--text", "answer", "--format", "json"]) == 3
    assert '"refused"' in capfd.readouterr().out


ANSWERS = {
    "none": [],
    "one": ["the staff were kind"],
    "two": ["the staff were kind", "waited ages"],
    "all empty": [""] * 30,
    "all the same": ["the staff were kind and listened"] * 30,
    "in another language": ["roedd y staff yn garedig", "gormod o aros", "gwrando mwy plîs"] * 10,
    "in another script": ["كان الموظفون لطفاء", "انتظرت طويلا"] * 15,
    "a megabyte long": ["the staff were kind and waited " * 34_000, *["waited ages for it"] * 20],
}
READING = {
    "words": ("words", "--text", "said"),
    "find": ("find", "--text", "said", "staff"),
    "redact": ("redact", "--text", "said"),
    "quotes": ("quotes", "--text", "said"),
    "tables": ("tables", "--question", "listened"),
    "keyness": ("keyness", "--text", "said", "--by", "listened"),
    "themes": ("themes", "--text", "said"),
    "columns": ("columns",),
}


@pytest.mark.parametrize("answers", ANSWERS)
def test_odd_answers_give_a_result_or_one_clear_reason_and_are_not_touched(folder, capfd, answers):
    file = folder / "a.csv"
    rows = [[str(place), text, "yes"] for place, text in enumerate(ANSWERS[answers])]
    with file.open("w", encoding="utf-8", newline="") as out:
        csv.writer(out).writerows([["row", "said", "listened"], *rows])
    before = contents(folder)
    commands = {"words": READING["words"], "redact": READING["redact"]} if "mega" in answers else READING
    for name, (command, *options) in commands.items():
        code = main(["analysis", command, str(file), *options])
        out, err = capfd.readouterr()
        assert code in {0, 2, 3}, (name, err)
        assert out.strip() or err.strip(), name
        assert code == 0 or len(err.strip().splitlines()) <= 3, err
        assert contents(folder) == before


@pytest.mark.parametrize(
    ("codes", "said"),
    [
        (
            "- {id: a, name: A, under: b, definition: D}\n- {id: b, name: B, under: a, definition: D}",
            "in a circle",
        ),
        ("- {id: a, name: Waits, definition: D}\n- {id: b, name: Waits, definition: D}", "`waits`"),
        ("- {id: a, name: A, definition: D}\n- {id: a, name: B, definition: D}", "a"),
        ("- {id: a, name: A, under: nowhere, definition: D}", "nowhere"),
    ],
    ids=["a circle", "one name twice", "one id twice", "under nothing"],
)
def test_a_codebook_that_cannot_be_is_told_where(folder, capfd, codes, said):
    (folder / "book.yaml").write_text(f"format: 1\ncodebook: x\nsource: us\ncodes:\n{codes}\n", "utf-8")
    before = contents(folder)
    assert main(["analysis", "codebook", "check", "book.yaml"]) == 2
    err = capfd.readouterr().err
    assert said in err
    assert "book.yaml:" in err
    assert contents(folder) == before


def archive(entries):
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as zipped:
        for name, content in entries.items():
            zipped.writestr(name, content)
    return held.getvalue()


ENTITIES = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "bb"><!ENTITY c "&b;&b;">]><Project name="&c;"/>'


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (archive({"project.qde": ENTITIES}), "entity"),
        (archive({"project.qde": b"<Project/>", "sources/../../evil": b"x"}), "climbs out"),
        (archive({"project.qde": b" " * 501_000_000}), "unpacks to over"),
        (archive({"other": b"x"}), "no project.qde"),
        (b"no archive at all", "archive"),
    ],
    ids=["an XML bomb", "a path that climbs out", "a zip bomb", "without a project", "no archive"],
)
def test_a_project_made_to_do_harm_is_refused_and_leaves_nothing(folder, capfd, content, said):
    (folder / "p.qdpx").write_bytes(content)
    before = contents(folder)
    assert main(["analysis", "import", "p.qdpx", "-o", "out"]) == 2
    assert said in capfd.readouterr().err
    assert contents(folder) == before


def test_a_ledger_edited_by_hand_stops_every_release_and_stays_as_it_is(folder, capfd):
    assert main(["new", "w"]) == 0
    with (folder / "a.csv").open("w", encoding="utf-8") as out:
        out.write("listened\n" + "yes\n" * 40 + "no\n" * 20)
    os.chdir(folder / "w")
    table = [
        "analysis",
        "tables",
        str(folder / "a.csv"),
        "--question",
        "listened",
        "--not-sensitive",
        "made up",
    ]
    assert main(table) == 0
    (ledger,) = (folder / "w" / "analysis").glob("releases.jsonl")
    ledger.write_bytes(ledger.read_bytes().replace(b"listened", b"listning", 1))
    before = contents(folder)
    for command in (["analysis", "ledger"], table, [*table[:1], "may-publish", *table[2:]]):
        capfd.readouterr()
        assert main(command) == 2
        assert ledger.name in capfd.readouterr().err
        assert contents(folder) == before
