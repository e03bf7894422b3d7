"""`coprod surveys check`: mistakes and findings in a questionnaire, each with its place and its mend."""

import argparse
from collections.abc import Sequence
from datetime import date, datetime, time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from coprod.cli import bank, paper
from coprod.cli.output import add_format, print_json, print_line
from coprod.clock import today
from coprod.kernel.contacts import AUDIENCES, NATIONS, Nation
from coprod.kernel.files import read_text
from coprod.kernel.problem import BadInputError, Problem
from coprod.workspace import Workspace, find_workspace

if TYPE_CHECKING:
    from coprod.journeys.asking.check_questionnaire import Brief, CheckedQuestionnaire

Commands = Any  # argparse's type for sub-commands is private
FINDINGS, BAD_INPUT = 1, 2
LARGEST_GROUP = 10_000


def add_commands(commands: Commands) -> None:
    """Add `check`, and the commands of paper and of the bank."""
    check = commands.add_parser(
        "check", help="every mistake in a questionnaire, and what could be kinder or safer"
    )
    check.add_argument("files", nargs="+", metavar="FILE", help="questionnaire files, or names from `list`")
    check.add_argument(
        "--group", type=_group, default=8, metavar="N", help="how many people are expected to take part (8)"
    )
    check.add_argument("--nation", choices=NATIONS, help="where it is asked, if not the workspace's nation")
    check.add_argument("--audience", choices=AUDIENCES, help="whose wording rules, if not told by the ages")
    check.add_argument(
        "--on", nargs=2, metavar=("DATE", "TIME"), help="when it is to be asked: 2027-03-02 14:00"
    )
    check.add_argument(
        "--fail-on", choices=("warn", "ask"), help="end with 1 when there is such a finding or a heavier one"
    )
    add_format(check)
    check.set_defaults(run=check_questionnaires)
    paper.add_commands(commands)
    bank.add_commands(commands)


def check_questionnaires(arguments: argparse.Namespace) -> int:
    """Print every mistake and finding of every file. Gives 2 for a mistake, 1 for a finding that --fail-on names."""
    workspace = find_workspace(Path.cwd())
    brief = _brief(arguments, workspace)
    checked, problems = _checked(arguments.files, workspace, brief)
    if arguments.format == "json":
        print_json(_as_json(arguments.files, checked, problems, workspace))
    else:
        for one in checked:
            _print(one)
            if workspace is not None:
                print_line(f"  Wording: {_wording(one, workspace)}.")
        if problems:
            raise BadInputError(*problems)
    if problems:
        return BAD_INPUT
    failing = {"warn": {"warn"}, "ask": {"warn", "ask"}, None: set()}[arguments.fail_on]
    return FINDINGS if any(found.severity in failing for one in checked for found in one.findings) else 0


def _checked(
    names: Sequence[str], workspace: Workspace | None, brief: "Brief"
) -> tuple[list["CheckedQuestionnaire"], list[Problem]]:
    from coprod.journeys.asking.check_questionnaire import check_questionnaire
    from surveys.questionnaires.library import find_questionnaire
    from surveys.questionnaires.questionnaire import LARGEST_FILE

    checked: list[CheckedQuestionnaire] = []
    problems: list[Problem] = []
    for name in names:
        try:
            path = find_questionnaire(name, workspace.surveys if workspace else None)
            checked.append(check_questionnaire(read_text(path, LARGEST_FILE), str(path), brief))
        except BadInputError as error:
            problems += error.problems
    return checked, problems


def _brief(arguments: argparse.Namespace, workspace: Workspace | None) -> "Brief":
    from coprod.journeys.asking.check_questionnaire import Brief
    from coprod.kernel.contacts import ContactRegistry, shipped_contacts

    settings = workspace.settings if workspace else None
    nation: Nation = arguments.nation or (settings.nation if settings else "england")
    shipped = shipped_contacts()
    known = (*shipped.contacts, *(settings.local_contacts if settings else ()))
    return Brief(
        registry=ContactRegistry(1, known, shipped.ended),
        today=today(),
        group=arguments.group,
        nation=nation,
        audience=arguments.audience,
        offers_welsh=nation == "wales" or (settings is not None and "cy" in settings.languages),
        contacts=tuple(one for one in known if nation in one.nations and "young-people" in one.audiences),
        on=moment(*arguments.on) if arguments.on else None,
    )


def moment(day: str, clock: str) -> datetime:
    """Give the planned moment; nothing keeps it. Raises BadInputError when it is none."""
    try:
        return datetime.combine(date.fromisoformat(day), time.fromisoformat(clock))
    except ValueError:
        raise BadInputError.of(
            "--on", f"`{day} {clock}` is not a day and a time", "write it as 2027-03-02 14:00"
        ) from None


def _group(typed: str) -> int:
    if typed.isdecimal() and 1 <= int(typed) <= LARGEST_GROUP:
        return int(typed)
    raise argparse.ArgumentTypeError(f"write a number from 1 to {LARGEST_GROUP}")


def _as_json(
    names: Sequence[str],
    checked: Sequence["CheckedQuestionnaire"],
    problems: Sequence[Problem],
    workspace: Workspace | None,
) -> dict[str, Any]:
    return {
        "files": list(names),
        "problems": list(problems),
        "checked": [
            {
                "path": one.path,
                "findings": one.findings,
                "sharing": one.sharing,
                "wording": _wording(one, workspace) if workspace else None,
                "readability": {
                    "grade_low": one.readability.grade_low,
                    "grade_high": one.readability.grade_high,
                    "words": one.readability.words,
                    "sentences": one.readability.sentences,
                },
            }
            for one in checked
        ],
    }


def _print(one: "CheckedQuestionnaire") -> None:
    counts = [f"{sum(found.severity == kind for found in one.findings)} {kind}" for kind in ("warn", "ask")]
    print_line(f"{one.path}: no mistakes; {', '.join(counts)}")
    for found in one.findings:
        print_line(f"  {one.path}:{found.line}:{found.column}: {found.severity} {found.rule}")
        if found.text:
            print_line(f"    | {found.text}")
        print_line(f"    why: {found.message}")
        print_line(f"    instead: {found.instead}")
        print_line(f"    source: {found.source}")
    if one.sharing.questions:
        print_line(f"  {_sharing_said(one)}")


def _wording(one: "CheckedQuestionnaire", workspace: Workspace) -> str:
    from coprod.journeys.asking.wording_review import review_state
    from surveys.questionnaires.questionnaire import load_questionnaire

    return review_state(workspace, load_questionnaire(Path(one.path)), today())


def _sharing_said(one: "CheckedQuestionnaire") -> str:
    asked = one.sharing
    names = ", ".join(asked.questions)
    return (
        f"Others may know the answer to: {names} ({asked.answers:,} ways to answer). In a group of {asked.group}, spread "
        f"evenly, about {asked.sharing:.1f} would share an answer, and about {asked.alone:.1f} would stand alone."
    )
