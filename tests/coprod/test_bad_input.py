"""Whatever file somebody names, they get one clear message, exit code 2, and nothing on disk changes."""

from pathlib import Path

import pytest

from coprod.cli.main import main

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


def test_a_bug_never_shows_what_it_was_working_on(monkeypatch, capfd, canary):
    def broken(_arguments):
        answer = canary
        raise KeyError(answer)

    monkeypatch.setattr("coprod.cli.doctor.doctor", broken)
    assert main(["doctor"]) == 70
    told = capfd.readouterr()
    assert canary not in told.err + told.out
    assert "this is a bug (KeyError at test_bad_input.py:" in told.err


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
