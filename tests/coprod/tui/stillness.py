"""When a screen under test stands still: nothing is left to run. Textual's own wait guesses it from the processor."""

import asyncio
from time import monotonic

from textual._context import active_app
from textual._wait import wait_for_idle

PATIENCE = 10.0


async def wait_until_still(min_sleep: float = 0, max_sleep: float = 1) -> None:
    """Wait until the event loop has nothing to run and every change is painted.

    While something works beside the screen, wait as Textual does: what it gives back shall be seen.
    """
    app, loop = active_app.get(), asyncio.get_running_loop()
    until = monotonic() + PATIENCE
    while monotonic() < until:
        await asyncio.sleep(0)
        if loop._ready:  # type: ignore[attr-defined]
            continue
        if app._resize_timer is not None:
            await asyncio.sleep(0.001)
        elif app._screen_stack and app.screen._update_timer._active.is_set():
            app.screen._on_timer_update()
        elif any(worker.is_running for worker in app.workers):
            await wait_for_idle(min_sleep, max_sleep)
            return
        else:
            return
