"""The staff app as a program of its own, for tests and measurements in a real terminal: `desk_program.py FOLDER [ANSWER]`.

With an answer, the key for colours is a bug that holds it: in a variable, in the message, in a thread's work too.
"""

import sys
from pathlib import Path
from typing import Any

from coprod.tui.desk import run_desk
from coprod.workspace import find_workspace


def _break(answer: str) -> None:
    from coprod.tui.home import HomeScreen
    from coprod.tui.working import Waiting

    def fail() -> None:
        held = [answer]
        raise ValueError(held)

    def in_a_thread(home: HomeScreen) -> None:
        home.app.push_screen(Waiting("Working", fail))

    vars_of: Any = HomeScreen
    vars_of.action_next_theme = lambda _: fail()
    vars_of.action_do_next = in_a_thread


if __name__ == "__main__":
    if len(sys.argv) > 2:
        _break(sys.argv[2][::-1])
    sys.exit(run_desk(find_workspace(Path(sys.argv[1]))))
