"""Each attack tried twice: on what coprod does, and on what it would be without the defence."""

import contextlib
import io
import secrets
import sqlite3
import statistics
import tempfile
import time
import traceback
from collections.abc import Callable
from pathlib import Path

import pyrage
from msgspec import Struct

from analysis.inputs.batchfile import QuestionInfo, SurveyInfo, batch_to_parquet, read_batch_parquet
from coprod.cli import main as command_line
from coprod.kernel.problem import BadInputError
from coprod.kernel.record import Filler, MainRecord, Rated, TextRecord, Wrote, record_to_bytes
from surveys.boxes.box import Box, Row, new_row, read_rows
from surveys.boxes.bundle import bundle_bytes, read_bundle
from surveys.boxes.device import device_key
from surveys.boxes.keys import Identity
from surveys.boxes.opening import Source, open_sources
from surveys.boxes.sealing import WrongKeyError, seal, unseal
from tests.attacks import screens
from tests.attacks import test_order as order
from tests.attacks.searching import leaks
from tests.surveys.ready import a_plan

SHA = "a" * 64
HOLDERS = tuple(Identity(pyrage.x25519.Identity.generate()) for _ in range(4))
KEYS = [holder.public_key for holder in HOLDERS[:2]]
PEOPLE = 40


class Attack(Struct, frozen=True):
    """What an attacker tries, and how to try it: `defended` and `bare` give what was found, and how it is put."""

    tried: str
    found: str
    defended: Callable[[Path], float]
    bare: Callable[[Path], float]
    holds: Callable[[float], bool]


def median_tau(folder: Path, save: Callable[[Path], tuple[Path, list[Row]]], look: order.Look) -> float:
    """Give the median over five boxes of how well a place in the file tells the order: 1 is exactly."""
    return statistics.median(
        abs(order.tau(look(*save(folder / f"{number}.box")))) for number in range(order.BOXES)
    )


def order_found(look: order.Look, schema: str) -> tuple[Callable[[Path], float], Callable[[Path], float]]:
    """Give the attack on the order of answers, on a box and on a plain table."""
    return (
        lambda folder: median_tau(folder, order.save_as_coprod_does, look),
        lambda folder: median_tau(folder, lambda path: order.save_plainly(path, schema), look),
    )


def times_with_a_box(folder: Path) -> float:
    """How many different times the files tell, after saves that are a moment apart."""
    box = _box(folder)
    return len({time_ for _ in range(5) if (time_ := _saved_at(box))})


def times_with_files(folder: Path) -> float:
    """The same where each answer is a file of its own."""
    for number in range(5):
        (folder / f"{secrets.token_hex(8)}.age").write_bytes(bytes(number))
        time.sleep(0.01)
    return len({path.stat().st_mtime_ns for path in folder.iterdir()})


def lengths_of_slots(_folder: Path) -> float:
    """How many different lengths closed answers have once sealed."""
    return len({len(seal(_main(answer), KEYS)) for answer in _answers()})


def lengths_of_plain_age(_folder: Path) -> float:
    """The same with libsodium-like sealing of the bytes as they are: a fixed header and the content."""
    return len({len(record_to_bytes(_main(answer))) + 48 for answer in _answers()})


def sizes_of_boxes(folder: Path) -> float:
    """How many different sizes a box has while eight people answer."""
    box = _box(folder)
    return len({_size_after(lambda: box.save([_row()], 16), box.path) for _ in range(8)})


def sizes_of_tables(folder: Path) -> float:
    """The same for a table that holds only answers."""
    connection = sqlite3.connect(folder / "plain.db", isolation_level=None)
    connection.execute(order.NUMBERED)
    with contextlib.closing(connection):
        return len(
            {
                _size_after(
                    lambda: connection.execute(
                        "INSERT INTO box(id, tag, sealed) VALUES (?, ?, ?)",
                        (secrets.token_bytes(16), secrets.token_bytes(16), secrets.token_bytes(5_120)),
                    ),
                    folder / "plain.db",
                )
                for _ in range(8)
            }
        )


def new_rows_in_a_copy(folder: Path) -> float:
    """Of how many new rows a copier must guess one young person's, with a copy before and after."""
    box = _box(folder)
    before = {row.id for row in read_rows(box.path)}
    box.save([_row()], 16)
    return len({row.id for row in read_rows(box.path)} - before)


def one_new_row(_folder: Path) -> float:
    """The same where only answers are saved."""
    return 1


def residue_in_a_box(folder: Path) -> float:
    """How many rows are still in the file's bytes after they were withdrawn."""
    box = _box(folder)
    rows = [_row() for _ in range(8)]
    box.save(rows, 16)
    box.withdraw([row.tag for row in rows], 16)
    raw = box.path.read_bytes()
    return sum(row.sealed[-64:] in raw for row in rows)


def residue_in_a_table(folder: Path) -> float:
    """The same with SQLite as it comes."""
    path = folder / "plain.db"
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("PRAGMA secure_delete=OFF")
    connection.execute(order.NUMBERED)
    rows = [_row() for _ in range(8)]
    insert = "INSERT INTO box(id, tag, sealed) VALUES (?, ?, ?)"
    connection.executemany(insert, [(row.id, row.tag, row.sealed) for row in rows])
    connection.execute("DELETE FROM box")
    connection.close()
    raw = path.read_bytes()
    return sum(row.sealed[-64:] in raw for row in rows)


def canary_in_a_box(folder: Path) -> float:
    """In how many files the words of a young person can be read."""
    box = _box(folder)
    box.save([new_row(seal(_text("canary words"), KEYS))], 16)
    return len(leaks(folder, "canary words"))


def canary_in_a_table(folder: Path) -> float:
    """The same with the record as it leaves the interview."""
    connection = sqlite3.connect(folder / "plain.db", isolation_level=None)
    connection.execute("CREATE TABLE box(record BLOB)")
    connection.execute("INSERT INTO box VALUES (?)", (record_to_bytes(_text("canary words")),))
    connection.close()
    return len(leaks(folder, "canary words"))


def texts_linked(_folder: Path) -> float:
    """How many of 40 free texts an analyst puts to the right closed answers, going by place after opening."""
    rows = [new_row(seal(record, KEYS)) for person in range(PEOPLE) for record in _interview(person)]
    opened = open_sources([Source("monday", rows)], frozenset(), HOLDERS[0], lambda _: True)
    frame = read_batch_parquet(
        batch_to_parquet(opened.mains, opened.texts, (_survey(),), simulated=True)
    ).frame
    mains = frame.filter((frame["record"] == "main") & (frame["question"] == "number"))["number"].to_list()
    texts = [int(text) for text in frame.filter(frame["record"] == "text")["text"].to_list()]
    return float(sum(main == text for main, text in zip(mains, texts, strict=True)))


def texts_in_one_record(_folder: Path) -> float:
    """The same where a text stays in the record of its interview, as most tools keep it."""
    mains = [
        MainRecord(SHA, {"number": Rated(person % 11)}, {"why": str(person % 11)}) for person in range(PEOPLE)
    ]
    return sum(str(main.replies["number"].number) == main.linked["why"] for main in mains)  # type: ignore[union-attr]


def forged_bundles(folder: Path) -> float:
    """How many of ten bundles with one answer swapped for another get that answer in."""
    return sum(_forged_answer_taken(folder, checked=True) for _ in range(10))


def forged_bundles_unsigned(folder: Path) -> float:
    """The same where the digests are not signed: the forger writes them anew."""
    return sum(_forged_answer_taken(folder, checked=False) for _ in range(10))


def opened_by_halves(_folder: Path) -> float:
    """How many of four people open a record alone where two must come together."""
    pairs = [HOLDERS[0].with_other(HOLDERS[1]).public_key, HOLDERS[2].with_other(HOLDERS[3]).public_key]
    return _opened_alone(seal(_text("words"), pairs))


def opened_by_holders(_folder: Path) -> float:
    """The same where each holds a key of their own."""
    return _opened_alone(seal(_text("words"), [holder.public_key for holder in HOLDERS]))


def lines_of_a_crash(_folder: Path) -> float:
    """How many lines that the command line prints of a crash hold the answer it was working on."""
    caught = io.StringIO()
    with contextlib.redirect_stderr(caught):
        try:
            _crash("canary words")
        except ValueError as error:
            command_line._bug(error)
    return sum("canary words" in line for line in caught.getvalue().splitlines())


def lines_of_a_traceback(_folder: Path) -> float:
    """The same for the traceback with locals that Textual and Rich print."""
    try:
        _crash("canary words")
    except ValueError as error:
        shown = "".join(traceback.TracebackException.from_exception(error, capture_locals=True).format())
        return sum("canary words" in line for line in shown.splitlines())
    return 0


ATTACKS = (
    Attack("order of answers, as SELECT gives them", "|tau|", *order_found(order.by_select, order.NUMBERED),
           lambda found: found < order.NEAR_CHANCE),
    Attack("order of answers, from raw pages", "|tau|", *order_found(order.by_page, order.NUMBERED),
           lambda found: found < order.NEAR_CHANCE),
    Attack("order of answers, from overflow pages", "|tau|", *order_found(order.by_overflow, order.UNNUMBERED),
           lambda found: found < order.NEAR_CHANCE),
    Attack("when people answered, from file times", "times told by 5 answers", times_with_a_box, times_with_files,
           lambda found: found == 1),
    Attack("what was ticked, from the sealed length", "lengths of 4 answers", lengths_of_slots,
           lengths_of_plain_age, lambda found: found == 1),
    Attack("how many took part, from the box's size", "sizes over 8 answers", sizes_of_boxes, sizes_of_tables,
           lambda found: found == 1),
    Attack("whose record is new, from two copies", "rows it could be", new_rows_in_a_copy, one_new_row,
           lambda found: found >= 16),
    Attack("what was withdrawn, from free pages", "of 8 rows", residue_in_a_box, residue_in_a_table,
           lambda found: found == 0),
    Attack("what was written, in any file", "files with the words", canary_in_a_box, canary_in_a_table,
           lambda found: found == 0),
    Attack("which ticks belong to a text, after opening", "of 40 right (chance: 4)", texts_linked,
           texts_in_one_record, lambda found: found < 14),
    Attack("an answer swapped in a bundle", "of 10 taken", forged_bundles, forged_bundles_unsigned,
           lambda found: found == 0),
    Attack("one of two people opens alone", "of 4 people", opened_by_halves, opened_by_holders,
           lambda found: found == 0),
    Attack("an answer in a crash report", "lines with the words", lines_of_a_crash, lines_of_a_traceback,
           lambda found: found == 0),
    Attack("an answer in a full-screen crash", "lines left in the terminal", screens.kept_by_a_crash,
           screens.kept_by_an_apps_crash, lambda found: found == 0),
    Attack("a way out: palette, suspend, quit keys", "of 6 keys", screens.ways_out_of_the_kiosk,
           screens.ways_out_of_an_app, lambda found: found == 0),
    Attack("a picture of the screen", "files written", screens.pictures_of_the_kiosk,
           screens.pictures_of_an_app, lambda found: found == 0),
    Attack("the glass and scrollback after kill -9", "of 2 ways to answer", screens.kept_by_kill_9,
           screens.kept_by_kill_9_without_a_guard, lambda found: found == 0),
    Attack("plain mode's scrollback after an interview", "lines with the words", screens.kept_by_the_plain_mode,
           screens.kept_by_the_plain_mode_unwiped, lambda found: found == 0),
)  # fmt: skip


def tried(attack: Attack) -> tuple[float, float]:
    """Try an attack with and without its defence, each in a folder of its own."""
    with tempfile.TemporaryDirectory() as one, tempfile.TemporaryDirectory() as other:
        return attack.defended(Path(one)), attack.bare(Path(other))


def _box(folder: Path) -> Box:
    box = Box(folder / "monday.box", lambda: seal(Filler(), KEYS))
    box.create()
    return box


def _saved_at(box: Box) -> int:
    time.sleep(0.01)
    box.save([_row()], 16)
    return box.path.stat().st_mtime_ns


def _size_after(work: Callable[[], object], path: Path) -> int:
    work()
    return path.stat().st_size


def _row() -> Row:
    return new_row(secrets.token_bytes(5_120))


def _answers() -> tuple[str, ...]:
    return ("yes", "no", "rather not say", "sometimes")


def _main(answer: str) -> MainRecord:
    return MainRecord(SHA, {"number": Rated(3)}, {"why": answer})


def _text(words: str) -> TextRecord:
    return TextRecord(SHA, "why", words, may_quote=False)


def _interview(person: int) -> tuple[MainRecord, TextRecord]:
    number = person % 11
    return MainRecord(SHA, {"number": Rated(number), "why": Wrote()}), _text(str(number))


def _survey() -> SurveyInfo:
    return SurveyInfo(
        SHA, "An attack", (QuestionInfo("number", "?", "number"), QuestionInfo("why", "?", "text"))
    )


def _forged_answer_taken(folder: Path, *, checked: bool) -> bool:
    """Swap the last row of a bundle for one of the forger's, with digests to fit where nobody has signed them."""
    key, forger = device_key(folder / "device"), device_key(folder / "forger")
    rows, wanted = [_row() for _ in range(3)], _row()
    content = bundle_bytes(a_plan(), {}, [*rows[:2], wanted], (), forger)
    path = folder / "monday.bundle"
    path.write_bytes(content)
    known = [key.public_key] if checked else [forger.public_key]
    try:
        return wanted in set(read_bundle(path, known).each_row())
    except BadInputError:
        return False


def _opened_alone(slot: bytes) -> float:
    opened = 0
    for holder in HOLDERS:
        with contextlib.suppress(WrongKeyError):
            unseal(slot, holder)
            opened += 1
    return opened


def _crash(answer: str) -> None:
    written = {"text": answer}
    raise ValueError(f"{len(written)} answers could not be saved")
