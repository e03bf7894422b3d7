"""The boxes that stand over a screen: what is told, asked, picked, waited for and worked on."""

import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from textual import work
from textual.pilot import Pilot
from textual.screen import Screen
from textual.widgets import Input
from textual.worker import WorkerFailed

from coprod.kernel.problem import BadInputError, Problem, RefusedError
from coprod.tui import working
from coprod.tui.box import Foot
from coprod.tui.desk import Desk
from coprod.tui.desk_screen import DeskScreen
from coprod.tui.dialogs import Ask, Field, Filling, Message, sorted_by_field
from coprod.tui.facilitator.skipping import Ticks
from coprod.tui.pick import Pick
from coprod.tui.widgets.actionbar import Chip
from coprod.tui.widgets.choices import Shown
from coprod.tui.working import Waiting, Working
from tests.coprod.tui.pictures import check_snapshot, screen_text
from tests.coprod.tui.waiting import until

SIZES = {"80x24": (80, 24), "40x24": (40, 24), "120x36": (120, 36)}
HOSTILE = "[/] [@click=app.exit]x[/] \x1b]52;c;UFdORUQ=\x07 \u202egnp"


class Endless:
    """Stands for a process that works until it is stopped."""

    def __init__(self, *_: object) -> None:
        self.stopped = threading.Event()

    def result(self, _most: float | None = None) -> None:
        self.stopped.wait(20)

    def stop(self) -> None:
        self.stopped.set()


@pytest.fixture
def release(monkeypatch: pytest.MonkeyPatch) -> Iterator[threading.Event]:
    monkeypatch.setattr(working, "Job", Endless)
    event = threading.Event()
    yield event
    event.set()


def _boxes(event: threading.Event) -> dict[str, Screen[Any]]:
    fields = (Field("Name of the service"), Field("Staff word", hidden=True))
    boxes: dict[str, Screen[Any]] = {
        "message": Message(
            "This cannot be done yet", ["• Before a session: name who will open the answers", HOSTILE]
        ),
        "filling": Filling("A workspace for your service", fields, lambda typed: typed),
        "ask": Ask("Where should it go?", Field("New folder", value="coprod-demo")),
        "pick": Pick("What is next?", Shown("a", "Confirm the help lines"), Shown("b", f"Open it {HOSTILE}")),
        "ticks": Ticks("After which answers?", Shown("yes", "Yes"), Shown("no", f"No {HOSTILE}")),
        "waiting": Waiting("Opening with two keys", lambda: event.wait(20)),
        "working": Working("Drawing five files", print),
    }
    return boxes


async def _at_home(pilot: Pilot[Any], app: Desk) -> None:
    for _ in range(200):
        await pilot.pause(0.02)
        if app.screen is app.home:
            return
    pytest.fail("the box never closed")


@pytest.mark.parametrize("size", SIZES)
async def test_every_box_looks_as_it_was_looked_at(release: threading.Event, size: str) -> None:
    app = Desk(None)
    async with app.run_test(size=SIZES[size]) as pilot:
        for name, box in _boxes(release).items():
            await app.push_screen(box)
            await pilot.pause()
            check_snapshot(f"desk-{size}-box-{name}", screen_text(app))
            assert not set(screen_text(app)) & set("\x1b\x07\u202e")
            if isinstance(box, Working):
                await pilot.press("escape")
            elif isinstance(box, Waiting):
                release.set()
            else:
                app.pop_screen()
            await _at_home(pilot, app)


async def test_every_box_can_be_left_and_gone_on_from_by_touch() -> None:
    given: list[object] = []
    app = Desk(None)
    async with app.run_test(size=(80, 24)) as pilot:
        boxes: tuple[Screen[Any], ...] = (
            Pick("What is next?", Shown("a", "First"), Shown("b", "Second")),
            Ticks("Which?", Shown("a", "First"), Shown("b", "Second")),
            Ask("Where?", Field("Folder", value="here")),
        )
        for box, offset in ((one, at) for one in boxes for at in ("Enter", "Esc")):
            await app.push_screen(type(box)(*_again(box)), given.append)
            foot = app.screen.query_one(Foot)
            if isinstance(box, Ticks) and offset == "Enter":
                await pilot.click(Foot, offset=(2, 0))
                foot.touched("done")
            else:
                width = 2 if offset == "Enter" else foot.content_size.width
                column = next(at for at in range(width) if foot.target_at(at, 0) == _target(box, offset))
                await pilot.click(Foot, offset=(column + 1, 0))
            await _at_home(pilot, app)
    assert given == ["a", None, "a", None, ("here",), None]


def _again(box: Screen[Any]) -> tuple[Any, ...]:
    return (box.heading, *(box.choices if isinstance(box, Pick) else box.fields))  # type: ignore[attr-defined]


def _target(box: Screen[Any], key: str) -> str:
    ways: tuple[Chip, ...] = box.WAYS  # type: ignore[attr-defined]
    return next(chip.target for chip in ways if chip.key == key)


async def test_work_that_is_stopped_with_esc_gives_nothing(release: threading.Event) -> None:
    del release
    given: list[object] = []
    app = Desk(None)
    async with app.run_test(size=(80, 24)) as pilot:
        await app.push_screen(Working("Drawing five files", print), given.append)
        await pilot.press("escape")
        await _at_home(pilot, app)
        assert given == [None]


async def test_a_short_wait_is_left_with_esc_and_what_comes_later_is_dropped(
    release: threading.Event,
) -> None:
    given: list[object] = []
    app = Desk(None)
    async with app.run_test(size=(80, 24)) as pilot:
        for changes in (False, True):
            release.clear()
            waiting = Waiting("Reading", lambda: release.wait(20), changes=changes)
            await app.push_screen(waiting, given.append)
            await pilot.press("escape")
            assert (app.screen is waiting) is changes, "what changes something is waited for"
            release.set()
            await _at_home(pilot, app)
    assert given == [None, True]


class Told(Waiting[str]):
    """A wait that remembers how its work ended."""

    def __init__(self, function: Callable[[], str]) -> None:
        super().__init__("Reading", function)
        self.ended = threading.Event()

    def give(self, result: str) -> None:
        super().give(result)
        self.ended.set()

    def refused(self, why: str) -> None:
        super().refused(why)
        self.ended.set()


def _refusal() -> str:
    raise RefusedError("nobody holds a key")


@pytest.mark.parametrize("end", [lambda: "read", _refusal])
async def test_a_wait_that_was_left_still_learns_how_its_work_ended_and_tells_nobody(
    end: Callable[[], str],
) -> None:
    """So that what came too late can be closed: without it a process with answers in it would stay."""
    go_on = threading.Event()

    def work() -> str:
        go_on.wait(20)
        return end()

    app = Desk(None)
    async with app.run_test(size=(80, 24)) as pilot:
        waiting = Told(work)
        await app.push_screen(waiting)
        await pilot.press("escape")
        await _at_home(pilot, app)
        go_on.set()
        for _ in range(200):
            await pilot.pause(0.02)
            if waiting.ended.is_set():
                break
        assert waiting.ended.is_set()
        assert app.screen is app.home


def test_a_problem_stands_beside_the_field_it_is_about() -> None:
    fields = (Field("Name", name="name"), Field("New key file"), Field("Passphrase", hidden=True))
    typed = ("", "~/my.key", "secret")
    home = str(Path("~/my.key").expanduser())
    error = BadInputError(
        Problem("name", 1, 1, "it is empty", "write one"),
        Problem(home, 1, 1, "it is there", "choose another"),
        Problem("secret", 1, 1, "too short", "take four words"),
    )
    assert {place: len(said) for place, said in sorted_by_field(error, fields, typed).items()} == {
        0: 1,
        1: 1,
        -1: 1,
    }
    assert sorted_by_field(RefusedError("nobody holds a key"), fields, typed) == {
        -1: ["• nobody holds a key"]
    }


async def test_a_wrong_input_is_told_right_under_its_field() -> None:
    def refuse(_: tuple[str, ...]) -> None:
        raise BadInputError.of("nation", "`x` is no nation here", "choose england")

    app = Desk(None)
    async with app.run_test(size=(80, 24)) as pilot:
        await app.push_screen(Filling("New", (Field("Nation", name="nation"), Field("Folder")), refuse))
        await pilot.press("x", "enter", "y", "enter")
        shown = (await until(pilot, "is no nation here")).splitlines()
        told = next(row for row, line in enumerate(shown) if "is no nation here" in line)
        assert "Folder" in shown[told + 1]
        assert app.focused is app.screen.query(Input)[0]


class Slow(DeskScreen):
    """Works in a thread, and then looks for a part of itself."""

    def __init__(self, go_on: threading.Event, part: str) -> None:
        super().__init__()
        self.go_on, self.part = go_on, part

    def draw(self) -> None:
        self._work()

    @work(thread=True)
    def _work(self) -> None:
        self.go_on.wait(20)
        self.app.call_from_thread(self.query_one, self.part)


async def test_work_that_is_done_after_its_screen_was_left_is_no_bug() -> None:
    go_on = threading.Event()
    app = Desk(None)
    async with app.run_test(size=(80, 24)) as pilot:
        await app.push_screen(Slow(go_on, "#bar"))
        app.pop_screen()
        await pilot.pause(0.2)
        go_on.set()
        await pilot.pause(0.3)
        assert app.screen is app.home
        assert app.crash == ""
        assert app.is_running


async def test_work_whose_screen_is_still_there_is_a_bug_when_it_fails() -> None:
    go_on = threading.Event()
    app = Desk(None)

    async def until_it_fails() -> None:
        async with app.run_test(size=(80, 24)) as pilot:
            await app.push_screen(Slow(go_on, "#nowhere"))
            go_on.set()
            for _ in range(200):
                await pilot.pause(0.02)
                if app.crash:
                    break

    with pytest.raises(WorkerFailed):
        await until_it_fails()
    assert app.crash.startswith("This is a bug (NoMatches at ")


async def test_what_was_typed_unseen_is_typed_again_and_not_added_to() -> None:
    def refused(typed: tuple[str, ...]) -> tuple[str, ...]:
        if len(set(typed)) > 1:
            raise BadInputError.of("staff word", "the two were not the same", "type them again")
        return typed

    given: list[tuple[str, ...] | None] = []
    app = Desk(None)
    async with app.run_test(size=(80, 24)) as pilot:
        fields = (Field("Staff word", hidden=True), Field("The same again", hidden=True))
        await app.push_screen(Filling("A word only staff know", fields, refused), given.append)
        await pilot.press(*"bramble", "enter", *"bramle", "enter")
        await until(pilot, "not the same")
        await pilot.press(*"bramble", "enter", *"bramble", "enter")
        await _at_home(pilot, app)
    assert given == [("bramble", "bramble")]


@pytest.mark.parametrize("size", SIZES)
async def test_the_way_out_of_a_box_stays_in_sight_however_much_it_says(size: str) -> None:
    app = Desk(None)
    async with app.run_test(size=SIZES[size]) as pilot:
        await app.push_screen(Message("Keys", [f"{number}  one more line" for number in range(60)]))
        await pilot.pause()
        assert "Esc  Close" in screen_text(app)
        await pilot.press(*["down"] * 30)
        await pilot.pause()
        assert "Esc  Close" in screen_text(app)
        await pilot.click(Foot, offset=(2, 0))
        await _at_home(pilot, app)
