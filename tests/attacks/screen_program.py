"""Programs to be started in a terminal of their own: `screen_program.py HOW`, each with a page for an answer.

`plain` is coprod's plain line mode handed round; `plain-unwiped` the same without what wipes and guards its screen;
`textual` an app as Textual makes it, with none of coprod's defences.
"""

import contextlib
import sys
from unittest import mock

from textual.app import App, ComposeResult
from textual.widgets import TextArea


class Undefended(App[None]):
    """A page to write on. "BOOM" is a bug with the answer in a local variable."""

    def compose(self) -> ComposeResult:
        """Give the page."""
        yield TextArea("What would you change? ")

    def on_text_area_changed(self, event: TextArea.Changed) -> None:
        """Fail as a bug would."""
        if "BOOM" in event.text_area.text:
            answer = event.text_area.text
            raise ValueError(len(answer))


def plain(*, wiped: bool) -> None:
    """Hand the plain line mode round, with or without its defence."""
    from coprod.cli import plain as mode
    from coprod.cli.plainterminal import LineTerminal
    from tests.coprod.test_plain import a_plan

    plan = a_plan(lambda _records, _words: None)  # type: ignore[arg-type,return-value]
    bare = mock.patch.object(mode, "cleared_if_killed", contextlib.nullcontext)
    with contextlib.nullcontext() if wiped else bare, mock.patch.object(mode, "keeps_here", str):
        mode.hand_round(plan, LineTerminal(wipes=wiped))


if __name__ == "__main__":
    if sys.argv[1] == "textual":
        Undefended().run()
    else:
        plain(wiped=sys.argv[1] == "plain")
