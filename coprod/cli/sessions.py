"""Starting and ending a session at the command line: who opens it, the staff word, who came."""

import argparse
from typing import TYPE_CHECKING

from coprod.cli.output import ask, print_line
from coprod.clock import now, today
from coprod.kernel.problem import BadInputError
from coprod.workspace import Workspace

if TYPE_CHECKING:
    from coprod.journeys.asking.sessions import Session
    from surveys.boxes.session import Attendance, LeftOut, SessionPlan
    from surveys.interviews.state import Front


def add_session_arguments(parser: argparse.ArgumentParser) -> None:
    """Add `--session`, `--label`, `--opener` and `--on`."""
    parser.add_argument(
        "--session", metavar="NAME", help="what to call this session; an old name goes on with it"
    )
    parser.add_argument("--label", metavar="TEXT", help="how reports call it, such as: autumn 2026")
    parser.add_argument(
        "--opener", metavar="NAME", help="who opens the answers, if not the one in coprod.toml"
    )
    parser.add_argument(
        "--on", nargs=2, metavar=("DATE", "TIME"), help="when it is asked, if not now: 2027-03-02 14:00"
    )


def session_for(workspace: Workspace, arguments: argparse.Namespace, front: "Front") -> "Session":
    """Say what a facilitator must know, then go on with the session of this name or start it with a staff word."""
    from msgspec.structs import replace

    from coprod.journeys.asking.sessions import (
        plan_session,
        reasons_not_to_start,
        resume_session,
        start_session,
    )
    from coprod.kernel.problem import RefusedError
    from surveys.boxes.session import staff_word_hash
    from surveys.questionnaires.library import find_questionnaire
    from surveys.questionnaires.questionnaire import load_questionnaire

    path = find_questionnaire(arguments.name, workspace.surveys)
    asked = load_questionnaire(path)
    name = arguments.session or f"{asked.survey}-{today().isoformat()}"
    if (workspace.boxes / f"{name}.session").exists():
        session = _gone_on_with(resume_session(workspace, name, today()), asked.survey)
        _brief(workspace, session.plan, asked.minutes, arguments, front)
        return session
    plan = plan_session(workspace, name, arguments.label or _season(), today())
    plan = replace(plan, opener=arguments.opener or plan.opener)
    if reasons := reasons_not_to_start(workspace, plan, today()):
        raise RefusedError(*reasons)
    _brief(workspace, plan, asked.minutes, arguments, front)
    plan = replace(plan, staff_word=staff_word_hash(_new_staff_word()))
    return start_session(workspace, path, plan, today())


def _gone_on_with(session: "Session", survey: str) -> "Session":
    """Refuse a session of another questionnaire; give one that was started without a staff word its own."""
    from msgspec.structs import replace

    from surveys.boxes.session import save_plan, staff_word_hash

    if session.plan.survey != survey:
        what = f"the session `{session.plan.name}` asks `{session.plan.survey}`"
        raise BadInputError.of("session", what, "choose another name with --session")
    if session.plan.staff_word:
        return session
    plan = replace(session.plan, staff_word=staff_word_hash(_new_staff_word()))
    save_plan(session.workspace.boxes / f"{plan.name}.session", plan)
    return replace(session, plan=plan)


def _season() -> str:
    """Give a label that says no day: the season and the year."""
    seasons = ("winter", "spring", "summer", "autumn")
    return f"{seasons[today().month % 12 // 3]} {today().year}"


def _new_staff_word() -> str:
    """Give a word that staff will leave the session with, typed twice without showing it."""
    import getpass

    print_line("Choose a staff word. It leaves the session; it opens no answers.")
    word = getpass.getpass("Staff word: ")
    if getpass.getpass("The same again: ") != word:
        raise BadInputError.of("staff word", "the two were not the same", "start again")
    return word


def _brief(
    workspace: Workspace, plan: "SessionPlan", minutes: int, arguments: argparse.Namespace, front: "Front"
) -> None:
    """Print who opens the answers, the words of the keys, what to say aloud and what to look out for."""
    from coprod.cli.craft import moment
    from coprod.journeys.asking.before import briefing

    begins = moment(*arguments.on) if arguments.on else now()
    print_line(f"Session {plan.name} ({plan.label}).")
    for line in briefing(workspace, plan, minutes, begins, front).lines():
        print_line(line)


def close(session: "Session") -> None:
    """Close the session's box, then keep who was missing. Raises BadInputError when the disk refuses, having said how to go on."""
    from coprod.journeys.asking.sessions import end_session
    from surveys.boxes.session import Attendance

    typed = Attendance()
    try:
        end_session(session)
        print_line(f"Closed. {session.plan.opener} opens the answers by {session.plan.open_by}.")
        typed = attendance()
        end_session(session, typed)
    except BadInputError:
        left_out = "".join(f" --left-out '{one.count}:{one.why}'" for one in typed.left_out)
        print_line("The session could not be closed. Every answer that was called saved is in its box.")
        print_line("When the disk can be written to again, close it with:")
        print_line(
            f"  coprod surveys session end {session.plan.name} --invited {typed.invited} "
            f"--attended {typed.attended}{left_out}"
        )
        raise
    print_line(f"Next: coprod surveys bundle {session.plan.name}")


def attendance() -> "Attendance":
    """Give who was there, as the facilitator types it; nothing typed is nothing known."""
    from surveys.boxes.session import Attendance

    invited, attended = (_count(what) for what in ("were invited", "came"))
    return Attendance(invited, attended, _left_out())


def _left_out() -> "tuple[LeftOut, ...]":
    from surveys.boxes.session import read_left_out

    while True:
        typed = ask("Who was left out, and why? (such as 2: no interpreter; 1: ill, or Enter if not known)")
        try:
            return read_left_out(typed)
        except BadInputError:
            print_line("Type a number, a colon and a reason, with ; between two reasons.")


def _count(what: str) -> int:
    while True:
        typed = ask(f"How many young people {what}? (a number, or Enter if not known)")
        if not typed:
            return 0
        if typed.isdecimal() and len(typed) < 5:
            return int(typed)
        print_line("Type a number in digits.")
