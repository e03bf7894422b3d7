"""Whatever is wrong with a material or with what speaks for it: one clear message each, and nothing half-written."""

import errno
import io
import os
import shutil
import stat
import tempfile
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
from PIL import Image

from coprod.cli import panels, release
from coprod.cli.main import main
from coprod.journeys.checking import bounded
from tests.coprod.signed_material import DAY, NAME, WORDS, signed_and_released

SAID, GONE = "You are strong", "campaigns/history.jsonl"
MATERIAL, SIGNED = f"campaigns/{NAME}/material.md", f"campaigns/{NAME}/signoff.json"
Spoil = Callable[[Path], object]


@pytest.fixture(scope="module")
def finished(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The folder around a workspace whose material is signed and drawn, made once."""
    with pytest.MonkeyPatch.context() as patched:
        folder = tmp_path_factory.mktemp("signed")
        signed_and_released(folder, patched)
        yield folder


@pytest.fixture
def folder(finished: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of it to spoil; `key` and `words.txt` lie beside the workspace."""
    copied = Path(shutil.copytree(finished, tmp_path / "copy"))
    monkeypatch.chdir(copied / "workspace")
    monkeypatch.setenv("COPROD_HOME", str(copied / "home"))
    monkeypatch.setattr(bounded, "_in_time", lambda _name, _most, function, *given: function(*given))
    on_day(monkeypatch, DAY)
    return copied


def on_day(monkeypatch: pytest.MonkeyPatch, day: date) -> None:
    for module in (release, panels):
        monkeypatch.setattr(module, "today", lambda: day)


def edit(old: str, new: str, name: str = MATERIAL) -> Spoil:
    def spoil(workspace: Path) -> None:
        path = workspace / name
        text = path.read_text("utf-8")
        assert old in text
        path.write_text(text.replace(old, new, 1), "utf-8")

    return spoil


def write(name: str, content: bytes) -> Spoil:
    return lambda workspace: (workspace / name).write_bytes(content)


def picture(content: bytes | None, named: str = "assets/x.png") -> Spoil:
    """Put a picture into the text, and what is said to be one beside it."""

    def spoil(workspace: Path) -> None:
        edit(SAID, f"![A bus stop at night]({named})\n\n{SAID}")(workspace)
        if content is not None:
            path = (workspace / MATERIAL).parent / named
            path.parent.mkdir(exist_ok=True)
            path.write_bytes(content)

    return spoil


def huge(workspace: Path) -> None:
    with (workspace / MATERIAL).open("ab") as file:
        file.truncate(100_000_001)


def cut(workspace: Path) -> None:
    path = workspace / GONE
    path.write_text("".join(path.read_text("utf-8").splitlines(keepends=True)[:-3]), "utf-8")


def of_another(workspace: Path) -> None:
    """Put the sign-off of one material beside another's text."""
    edit(SAID, f"{SAID} and kind")(workspace)


def many_dots() -> bytes:
    held = io.BytesIO()
    Image.new("1", (9_000, 9_000)).save(held, "PNG")
    return held.getvalue()


SIGN = ["signoff", NAME, "--key", "../kit.key", "--passphrase-file", "../words.txt"]
RELEASE, PANEL = ["release", NAME], ["panel", NAME]
DRAWN = ["verify", f"out/{NAME}/{NAME}-page.html"]
ALL = (SIGN, RELEASE, PANEL)
HIDDEN = ((SIGN, 3), (RELEASE, 3), (PANEL, 3))


def each(code: int, *commands: list[str]) -> tuple[tuple[list[str], int], ...]:
    return tuple((command, code) for command in commands)


TABLE: dict[str, tuple[Spoil, tuple[tuple[list[str], int], ...], str]] = {
    "broken front matter": (edit("title: It", "title: [It"), each(2, *ALL), "material.md:4:9: this is not YAML"),
    "unknown key": (edit("nation:", "colour: red\nnation:"), each(2, *ALL), "material.md:5:1: `colour` is not known"),
    "missing image": (picture(None), each(2, *ALL), "there is no picture `assets/x.png`"),
    "image that is text": (picture(b"words"), each(2, *ALL), "`assets/x.png` is not a picture"),
    "image that is SVG": (picture(b"<svg/>", "assets/x.svg"), each(2, *ALL), "`assets/x.svg` is not a picture"),
    "image of too many dots": (picture(many_dots()), each(2, *ALL), "dots"),
    "image from elsewhere": (picture(None, "https://x.org/x.png"), each(2, *ALL), "outside the material's folder"),
    "image above": (picture(None, "../../coprod.toml"), each(2, *ALL), "outside the material's folder"),
    "100 MB": (huge, each(2, *ALL), "the most is 2,000,000"),
    "binary": (write(MATERIAL, bytes(range(256))), each(2, *ALL), "this is not a text file"),
    "not UTF-8": (write(MATERIAL, b"caf\xe9"), each(2, *ALL), "is not in UTF-8"),
    "bidi": (edit(SAID, "You are \u202egnorts\u202c"), HIDDEN, "hidden-direction"),
    "zero width": (edit(SAID, "You put your\u200bself at ri\u200bsk"), HIDDEN, "put-at-risk"),
    "homoglyph": (edit(SAID, "She made bad ch\u043eices"), HIDDEN, "lookalike-letters"),
    "soft hyphen": (edit(SAID, "You put your\u00adself at ri\u00adsk"), HIDDEN, "put-at-risk"),
    "HTML comment": (edit(SAID, f"<!-- kept quiet --> {SAID}"), each(3, SIGN, RELEASE), "reviewed other words"),
    "sign-off edited": (edit("Kit", "Kat", SIGNED), (*each(3, RELEASE), *each(1, DRAWN)), "was changed after it was signed"),
    "sign-off cut off": (write(SIGNED, b"{"), each(2, RELEASE), "not a sign-off coprod wrote"),
    "sign-off empty": (write(SIGNED, b""), each(2, RELEASE), "not a sign-off coprod wrote"),
    "sign-off with more": (edit("{", '{"x": 1, ', SIGNED), each(2, RELEASE), "not a sign-off coprod wrote"),
    "sign-off of another": (of_another, each(3, RELEASE), "the text has changed since the sign-off"),
    "chain cut": (cut, (*each(3, RELEASE), *each(1, DRAWN)), "cut off at its end"),
    "chain changed": (edit("Bo ", "Jo ", GONE), each(2, SIGN, RELEASE, DRAWN), "such a file is never edited by hand"),
    "chain gone": (lambda at: (at / GONE).unlink(), each(3, RELEASE), "the history was made anew"),
    "key gone": (lambda at: (at / "../kit.key").unlink(), each(2, SIGN), "kit.key:1:1: there is no such file"),
    "key of another kind": (write("../kit.key", b"\0\1"), each(2, SIGN), "this key does not open"),
    "passphrase wrong": (write("../words.txt", b"four other words here"), each(2, SIGN), "passphrase: it does not open the key kit.key"),
    "approvers written in": (
        write("campaigns/approvers.yaml", b"format: 1\napprovers:\n- {name: Eve, public_key: " + b"a" * 64 + b"}\n"),
        each(3, SIGN, RELEASE), "approver",
    ),
    "approvers broken": (write("campaigns/approvers.yaml", b"format: [1\n"), each(2, SIGN, RELEASE, DRAWN), "this is not YAML"),
    "decisions broken": (write(f"campaigns/{NAME}/decisions.yaml", b"approver: ["), each(2, SIGN), "this is not YAML"),
    "panel result broken": (write(f"campaigns/{NAME}/panel-result.json", b"{"), each(2, SIGN, RELEASE), "not a panel's result"),
    "settings broken": (write("coprod.toml", b"format = ["), each(2, *ALL, DRAWN), "this is not TOML"),
    "no drawn file": (lambda at: shutil.rmtree(at / "out"), each(2, DRAWN), "there is no such file"),
}  # fmt: skip


def everything(folder: Path) -> dict[str, bytes | int]:
    """Give what stands in a folder; of a large file only its size."""
    return {
        str(path.relative_to(folder)): path.read_bytes() if path.stat().st_size < 1_000_000 else path.stat().st_size
        for path in folder.rglob("*")
        if path.is_file()
    }  # fmt: skip


@pytest.mark.parametrize("wrong", TABLE)
def test_what_is_wrong_is_said_once_and_nothing_is_written(
    folder: Path, capfd: pytest.CaptureFixture[str], wrong: str
) -> None:
    spoil, commands, said = TABLE[wrong]
    workspace = folder / "workspace"
    spoil(workspace)
    before = everything(folder)
    for command, code in commands:
        assert main(["campaigns", *command]) == code, command
        told = capfd.readouterr()
        assert said in (told.out if command is DRAWN and code == 1 else told.err), command
        lines = told.err.splitlines()
        assert len(lines) == len(set(lines)), "each thing once"
        assert "Traceback" not in told.err
        assert WORDS not in told.err
        after = everything(folder)
        if command is DRAWN and code == 1:  # the history is told of each verdict
            after[f"workspace/{GONE}"] = before[f"workspace/{GONE}"]
        assert after == before, command


@pytest.mark.parametrize(
    ("command", "at"),
    [(SIGN, 1), (SIGN, 2), (RELEASE, 1), (RELEASE, 2), (RELEASE, 3), (PANEL, 1), (PANEL, 2), (PANEL, 3)],
)
def test_a_disk_that_is_full_at_any_moment_leaves_all_as_it_was(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str], command: list[str], at: int
) -> None:  # fmt: skip
    workspace = folder / "workspace"
    shutil.rmtree(workspace / "out")
    edit(SAID, f"{SAID} and kind")(workspace) if command is PANEL else None
    before = everything(folder)
    calls = iter(range(1, 99))
    kept = os.fsync

    def full(handle: int) -> None:
        if stat.S_ISREG(os.fstat(handle).st_mode) and next(calls) == at:
            raise OSError(errno.ENOSPC, "No space left on device")
        kept(handle)

    monkeypatch.setattr(os, "fsync", full)
    assert main(["campaigns", *command]) == 2
    assert "could not be written: no space left on device; make room" in capfd.readouterr().err
    assert everything(folder) == before


@pytest.mark.parametrize(
    ("day", "said"),
    [(date(2026, 11, 20), "which has not come yet"), (date(2029, 1, 1), "the sign-off ended on")],
    ids=["clock back", "clock ahead"],
)
def test_a_clock_that_is_wrong_lets_nothing_out(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str], day: date, said: str
) -> None:
    on_day(monkeypatch, day)
    before = everything(folder)
    assert main(["campaigns", *SIGN]) == 3
    assert main(["campaigns", *RELEASE]) == 3
    assert said in capfd.readouterr().err
    assert everything(folder) == before
    assert main(["campaigns", *DRAWN]) == 1


def test_a_missing_option_or_name_is_said_by_its_own_name(
    folder: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    del folder
    for command, said in (
        (["signoff", NAME], "--key: no key file is named; write --key FILE"),
        ([*SIGN, "--theme", "nope"], "--theme: there is no theme `nope`; known here: harbour"),
        (["verify", "--code", "7K2"], "--code: `7K2` is not a code; type the ten letters"),
        (["verify", "--code", ""], "--code: `` is not a code"),
        (["decide", NAME, "approver", "K"], "name: a whole name is missing; type who it is"),
        (["panel", NAME, "--open"], "the panel's answers: it is sealed; name your key file"),
    ):
        assert main(["campaigns", *command]) == 2
        assert capfd.readouterr().err.startswith(said), command


def test_a_folder_that_may_not_be_written_to_is_said_once_and_no_file_is_there(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    def read_only(**_where: object) -> None:
        raise OSError(errno.EROFS, "Read-only file system")

    before = everything(folder)
    edit(SAID, f"{SAID} and kind")(folder / "workspace")
    monkeypatch.setattr(tempfile, "mkstemp", read_only)
    assert main(["campaigns", *PANEL]) == 2
    edit(f"{SAID} and kind", SAID)(folder / "workspace")
    for command in (SIGN, RELEASE):
        assert main(["campaigns", *command]) == 2
    told = capfd.readouterr().err.splitlines()
    assert ["could not be written: read-only file system" in line for line in told] == [True] * 3
    assert everything(folder) == before
