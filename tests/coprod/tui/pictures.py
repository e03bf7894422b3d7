"""Screens as text, kept beside the tests so that a person can review what changed."""

import os
from pathlib import Path
from typing import Any

from textual.app import App

SNAPSHOTS = Path(__file__).parent / "snapshots"


def screen_text(app: App[Any]) -> str:
    """Give the characters on the screen. The only place that knows how Textual keeps them."""
    strips = app.screen._compositor.render_strips()
    return "\n".join("".join(segment.text for segment in strip).rstrip() for strip in strips).rstrip() + "\n"


def check_snapshot(name: str, text: str) -> None:
    """Compare with the stored picture; COPROD_UPDATE_SNAPSHOTS=1 stores a new one."""
    path = SNAPSHOTS / f"{name}.txt"
    if os.environ.get("COPROD_UPDATE_SNAPSHOTS") == "1":
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    assert path.exists(), f"no picture called {name}; make it with COPROD_UPDATE_SNAPSHOTS=1"
    assert text == path.read_text("utf-8")
