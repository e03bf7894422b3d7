"""The young person's app. It knows no palette, no screenshot, no clipboard, no selection and no quit key."""

import signal
import sys
import time
from collections.abc import Callable
from typing import ClassVar

from textual import events, on
from textual.binding import Binding, BindingType
from textual.driver import Driver

from coprod.journeys.asking.turns import after_writing, language_of, turn
from coprod.journeys.asking.visit import (
    Act,
    AskingIfStill,
    ComingBack,
    Covered,
    GoneQuiet,
    GoneStill,
    Hide,
    KioskPlan,
    Pausing,
    Press,
    Ready,
    Recalling,
    Saving,
    StaffDoor,
    StaffWordWrong,
    Visit,
)
from coprod.speech import Speaker
from coprod.tui.memory import forget_everything
from coprod.tui.respondent.background import Background
from coprod.tui.respondent.reading import ReadAloud
from coprod.tui.respondent.sheet import Sheet
from coprod.tui.respondent.view import View
from coprod.tui.respondent.views import view_of
from coprod.tui.themes import DARK

# After hiding, keys still being mashed must not open anything: the cover wakes after this much quiet.
QUIET_SECONDS = 0.8


class Kiosk(Background, inherit_bindings=False):
    """Runs one visit after another until staff leave from the ready page."""

    ALLOW_SELECT = False
    CSS_PATH = "styles/sheet.tcss"
    ENABLE_COMMAND_PALETTE = False
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,f12", "hide", show=False, priority=True),
    ]

    def __init__(
        self,
        plan: KioskPlan,
        *,
        theme: str = DARK.name,
        clock: Callable[[], float] = time.monotonic,
        speaker: Speaker | None = None,
    ) -> None:
        super().__init__(plan, theme)
        self.reading = ReadAloud(speaker)
        self.clock = clock
        self.visit: Visit = Ready()
        self.touched_at = clock()
        self.asleep_until = 0.0
        self.sheet = Sheet(view_of(self.visit, plan))

    def get_driver_class(self) -> type[Driver]:
        """Give a driver that never loses the Esc key; Windows sends it apart from codes already."""
        if sys.platform == "win32":
            return super().get_driver_class()
        from coprod.tui.driver import KioskDriver

        return KioskDriver

    async def on_mount(self) -> None:
        """Show the ready page, watch for stillness, and leave cleanly when the system asks."""
        await self.push_screen(self.sheet)
        self.set_interval(0.5, self.look_at_the_clock)
        if sys.platform != "win32" and not self.is_headless:
            import asyncio

            for one in (signal.SIGTERM, signal.SIGHUP):
                asyncio.get_running_loop().add_signal_handler(one, self.exit, "crashed")

    async def action_hide(self) -> None:
        """Hide now; on the staff door the same keys go back."""
        await self.act(Hide())

    async def on_event(self, event: events.Event) -> None:
        """Note every touch, and take none while the cover waits for quiet hands."""
        if isinstance(event, events.Key | events.MouseDown | events.Paste):
            self.touched_at = self.clock()
            self.reading.hush()
            if self._is_asleep() and not event.is_forwarded:
                self.asleep_until = self.touched_at + QUIET_SECONDS
                return
            if isinstance(self.visit, AskingIfStill) and not _hides(event):
                await self.act(Press("stay"))
                return
            if isinstance(event, events.Key) and event.key.startswith("alt+"):
                await self.act(Hide())
                return
        await super().on_event(event)

    async def on_app_blur(self) -> None:
        """Hide when another window comes to the front."""
        if not isinstance(self.visit, Ready | StaffDoor | ComingBack | Covered):
            await self.act(Hide())

    @on(Sheet.Acted)
    async def _acted(self, message: Sheet.Acted) -> None:
        if message.writing is None or isinstance(message.act, Hide):
            await self.act(message.act)
        else:
            await self.go_to(after_writing(self.visit, message.writing, message.act, self.plan))

    @on(Sheet.WordTyped)
    async def _word_typed(self, message: Sheet.WordTyped) -> None:
        if isinstance(self.visit, ComingBack):
            self.bring_back(message.word)
        elif isinstance(self.visit, StaffDoor) and self.plan.is_staff_word(message.word):
            self.exit("staff")
        else:
            await self.act(StaffWordWrong())

    async def act(self, act: Act) -> None:
        """Do one act. While the cover waits for quiet hands, a key that was already on its way opens nothing."""
        if self._is_asleep() and isinstance(act, Press):
            return
        if act == Press("read"):
            view = self.reading.pressed(self._view(), language_of(self.visit))
            await self.sheet.show(view)
            return
        await self.go_to(turn(self.visit, act, self.plan))
        if isinstance(act, Hide):
            self.asleep_until = self.clock() + QUIET_SECONDS

    async def go_to(self, visit: Visit) -> None:
        """Show a visit; start saving where it says so, forget where it ends."""
        was, self.visit = self.visit, visit
        await self.sheet.show(self._view())
        if isinstance(visit, Saving) and not isinstance(was, Saving | Recalling):
            self.save(visit.interview)
        if isinstance(visit, Pausing) and not isinstance(was, Pausing):
            self.pause(visit.asking.interview)
        if isinstance(visit, Ready) and not isinstance(was, Ready | StaffDoor):
            self.reading.forget()
            self.call_after_refresh(self.call_later, self._start_afresh)

    async def look_at_the_clock(self) -> None:
        """Warn when nothing was touched for a while, and cover a little later."""
        still = self.clock() - self.touched_at
        if still >= self.plan.cover_after:
            await self.act(GoneStill())
        elif still >= self.plan.warn_after and not isinstance(self.visit, AskingIfStill):
            writing = self.sheet.writing()
            quiet = turn(self.visit, writing, self.plan) if writing is not None else self.visit
            await self.go_to(turn(quiet, GoneQuiet(), self.plan))

    async def _start_afresh(self) -> None:
        """Put up a new page in place of the one that showed somebody's answers, and forget the rest."""
        if isinstance(self.visit, Ready):
            self.sheet = Sheet(view_of(self.visit, self.plan))
            await self.switch_screen(self.sheet)
        self.call_after_refresh(self.call_later, forget_everything)

    def _view(self) -> View:
        return self.reading.offered(view_of(self.visit, self.plan), language_of(self.visit))

    def _is_asleep(self) -> bool:
        return isinstance(self.visit, Ready | Covered) and self.clock() < self.asleep_until


def _hides(event: events.Event) -> bool:
    return isinstance(event, events.Key) and event.key in {"escape", "f12"}
