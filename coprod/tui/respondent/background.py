"""What the kiosk does off the screen's thread: keeping answers, locking a draft away, opening it."""

import asyncio

from textual import work

from coprod.journeys.asking.visit import Act, CameBack, KeptDraft, KeptFailed, KeptSafe, KioskPlan
from coprod.kernel.problem import CoprodError
from coprod.tui.base import CoprodApp
from coprod.tui.opening import KioskEnd
from surveys.interviews.interview import Interview, records, words_wanted


class Background(CoprodApp[KioskEnd], inherit_bindings=False):
    """An app with a plan whose slow halves run in a thread; what comes of them is an act."""

    def __init__(self, plan: KioskPlan, theme: str) -> None:
        super().__init__(theme)
        self.plan = plan

    async def act(self, act: Act) -> None:
        """Do one act."""
        raise NotImplementedError

    @work(exclusive=True, exit_on_error=True)
    async def save(self, interview: Interview) -> None:
        """Keep the records; the page says saved only after `save` has come back."""
        try:
            kept = records(interview, self.plan.sha256)
            receipt = await asyncio.to_thread(self.plan.save, kept, words_wanted(interview))
        except CoprodError:
            await self.act(KeptFailed())
        else:
            await self.act(KeptSafe(receipt))

    @work(exclusive=True, exit_on_error=True)
    async def pause(self, interview: Interview) -> None:
        """Lock an interview away; the words are shown only after it is on the disk."""
        if self.plan.pausing is None:
            return
        try:
            words = await asyncio.to_thread(self.plan.pausing.keep, interview)
        except CoprodError:
            await self.act(KeptDraft(()))
        else:
            await self.act(KeptDraft(words))

    @work(exclusive=True, exit_on_error=True)
    async def bring_back(self, typed: str) -> None:
        """Open what four words locked away, if anything."""
        if self.plan.pausing is not None:
            await self.act(CameBack(await asyncio.to_thread(self.plan.pausing.bring_back, typed)))
