"""A real session to be started in a terminal of its own: `session_program.py WORKSPACE full-screen|plain`."""

import sys
from pathlib import Path
from unittest import mock

from msgspec.structs import replace

from coprod.journeys.asking import sessions
from coprod.journeys.asking.drafts import with_pausing
from coprod.journeys.asking.plans import session_plan
from coprod.kernel.contacts import shipped_contacts
from coprod.workspace import load_workspace
from surveys.boxes import withdrawal
from tests.surveys.ready import TODAY


def run(folder: Path, front: str) -> None:
    """Go on with Monday's session until staff leave."""
    session = sessions.resume_session(load_workspace(folder), "monday", TODAY)
    plan = replace(
        session_plan(session, shipped_contacts().contacts), is_staff_word=lambda word: word == "sesame"
    )
    if front == "plain":
        from coprod.cli import plain
        from coprod.cli.plainterminal import LineTerminal

        with mock.patch.object(plain, "keeps_here", str):
            plain.hand_round(with_pausing(replace(plan, front="plain"), session), LineTerminal(wipes=True))
        return
    from coprod.tui.opening import run_kiosk

    run_kiosk(with_pausing(plan, session))


if __name__ == "__main__":
    withdrawal.MEMORY_KIBIBYTES = 64
    run(Path(sys.argv[1]), sys.argv[2])
