"""`coprod campaigns panel|compare|decide|said`: asking a panel, and answering what it said."""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from coprod.cli.output import add_format, print_json, print_line
from coprod.cli.sessions import add_session_arguments
from coprod.cli.unlocking import add_opening_keys, unlocked
from coprod.clock import today
from coprod.kernel.problem import RefusedError
from coprod.workspace import Workspace, here

if TYPE_CHECKING:
    from collections.abc import Sequence

    from coprod.journeys.checking.draft import Open
    from coprod.kernel.panel_result import PanelResult

HIDDEN = frozenset({"hidden-small", "hidden-protect", "withheld"})


def add_commands(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add `panel`, `compare`, `decide` and `said`."""
    panel = commands.add_parser("panel", help="make a material's review, run it, or open its answers")
    _add_session(panel, "the review")
    panel.set_defaults(run=review_material)
    compare = commands.add_parser(
        "compare", help="put two versions beside each other: before and after, or A and B"
    )
    _add_session(compare, "the comparison")
    compare.add_argument(
        "--beside",
        dest="other",
        default="",
        metavar="NAME|FILE",
        help="the other version: a material here, or a file (else: what the last panel saw)",
    )
    compare.set_defaults(run=compare_versions)
    decide = commands.add_parser("decide", help="what is still to decide about a material, or one decision")
    _add_name(decide)
    decide.add_argument("what", nargs="?", metavar="WHAT", help="what it is about, as the list names it")
    decide.add_argument("typed", nargs="*", metavar="TEXT", help="the decision, in the order the list says")
    add_format(decide)
    decide.set_defaults(run=decide_or_list)
    said = commands.add_parser("said", help="the page that shows the panel what was done with what it said")
    _add_name(said)
    said.add_argument("--shown-by", metavar="PERSON", help="who showed it to the panel, today")
    add_format(said)
    said.set_defaults(run=tell_or_note)


def _add_name(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("name", metavar="NAME", help="the material's folder in campaigns/")


def _add_session(parser: argparse.ArgumentParser, what: str) -> None:
    _add_name(parser)
    acts = parser.add_mutually_exclusive_group()
    acts.add_argument(
        "--run", dest="hand_round", action="store_true", help=f"hand {what} round on this device"
    )
    acts.add_argument("--open", action="store_true", help="open the sealed answers and write the result")
    parser.add_argument("--plain", action="store_true", help="run as numbered lines, also for screen readers")
    add_session_arguments(parser)
    add_opening_keys(parser)
    add_format(parser)


def review_material(arguments: argparse.Namespace) -> int:
    """Make the review questionnaire, run it, or open its answers."""
    from coprod.journeys.checking.bounded import prepare_bounded
    from coprod.journeys.checking.panels import open_panel, prepare_panel
    from coprod.journeys.checking.rounds import questions_now, reach_in

    workspace = here()
    if arguments.open:
        result = open_panel(workspace, arguments.name, unlocked(arguments, "the panel's answers"), today())
        if arguments.format == "json":
            print_json(result)
        else:
            _print_result(result)
            print_line(f"Next: coprod campaigns decide {arguments.name}")
        return 0
    is_asked = questions_now(workspace, arguments.name) is not None
    prepare = prepare_panel if is_asked else prepare_bounded
    path = prepare(workspace, arguments.name, today())
    if arguments.hand_round:
        return _hand_round(arguments, path)
    return _tell_ready(arguments, path, "panel", reach_in(workspace, arguments.name))


def compare_versions(arguments: argparse.Namespace) -> int:
    """Make the questions about two versions, hand them round, or open the answers."""
    from coprod.journeys.checking.comparing import COMPARISON_FILE, open_comparison, prepare_comparison
    from coprod.journeys.checking.panels import material_folder

    workspace = here()
    if arguments.open:
        result = open_comparison(workspace, arguments.name, unlocked(arguments, "the answers"), today())
        if arguments.format == "json":
            print_json(result)
        else:
            _print_compared(workspace, arguments.name, result)
        return 0
    path = material_folder(workspace, arguments.name) / COMPARISON_FILE
    if not (arguments.hand_round and path.exists() and not arguments.other):
        path = prepare_comparison(workspace, arguments.name, arguments.other, today())
    return _hand_round(arguments, path) if arguments.hand_round else _tell_ready(arguments, path, "compare")


def _hand_round(arguments: argparse.Namespace, path: Path) -> int:
    from coprod.cli.surveys import run_session

    return run_session(argparse.Namespace(**{**vars(arguments), "name": str(path)}))


def _tell_ready(arguments: argparse.Namespace, path: Path, command: str, reach: str = "") -> int:
    if arguments.format == "json":
        print_json({"questionnaire": str(path), "reach": reach})
        return 0
    print_line(f"The questions are ready: {path}")
    if reach:
        print_line(reach)
    print_line(f"Hand it round:    coprod campaigns {command} {arguments.name} --run")
    print_line(f"Open the answers: coprod campaigns {command} {arguments.name} --open --key FILE")
    print_line("Pay the panel, have a worker in the room, take a break, and stay for a while after.")
    return 0


def _print_result(result: "PanelResult") -> None:
    _print_head(result)
    if not result.enough:
        print_line("That is fewer than the quorum: the material cannot be signed off yet.")
    for table in result.tables:
        cells = [cell for cell in table.cells if cell.status not in HIDDEN]
        if not cells:
            print_line(f"{table.wording} ({table.answered} answered; too few for counts)")
            continue
        print_line(f"{table.wording} ({table.answered} answered)")
        for cell in cells:
            print_line(f"    {cell.value}: {cell.shown}")
    _print_comments(result)


def _print_head(result: "PanelResult") -> None:
    print_line(f"Reviewed by {result.reviewers} people{' (simulated)' if result.simulated else ''}.")
    if result.harm_raised:
        print_line("SOMEBODY SAID IT COULD HARM SOMEONE. Answer that before anything else.")


def _print_comments(result: "PanelResult") -> None:
    asked = ""
    for comment in sorted(result.comments, key=lambda one: one.about):
        if comment.about != asked:
            asked = comment.about
            print_line(asked)
        print_line(f"    - {comment.text}")


def _print_compared(workspace: Workspace, name: str, result: "PanelResult") -> None:
    from coprod.journeys.checking.comparing import compared

    _print_head(result)
    for number, pair in enumerate(compared(workspace, name), 1):
        print_line(f"Pair {number} ({pair.answered} answered)")
        picked = dict(pair.picked)
        print_line(f"    before: {pair.first or '(not there)'}")
        print_line(f"            better: {picked['first']}")
        print_line(f"    after:  {pair.second or '(not there)'}")
        print_line(f"            better: {picked['second']}")
        print_line(f"    the same: {picked['same']}; neither is good: {picked['neither']}")
    _print_comments(result)


def decide_or_list(arguments: argparse.Namespace) -> int:
    """Take one decision, or list what is decided and what is not."""
    from coprod.journeys.checking.deciding import decide, deciding_of

    workspace = here()
    if arguments.what is not None:
        what, typed = _what(arguments.what, arguments.typed)
        decide(workspace, arguments.name, what, typed, today())
    deciding = deciding_of(workspace, arguments.name, today())
    if arguments.format == "json":
        print_json({"decisions": deciding.open})
        return 0
    if arguments.what is None:
        _print_open(deciding.open)
    left = sum(not one.is_done for one in deciding.open)
    print_line(f"{left} still to decide." if left else _all_decided(arguments.name))
    return 0


def _what(what: str, typed: list[str]) -> tuple[str, tuple[str, ...]]:
    """Give the id of a decision and what was typed: `comment ID …` may be two words or one."""
    if what in {"comment", "waiver", "mix"} and typed:
        return f"{what} {typed[0]}", tuple(typed[1:])
    return what, tuple(typed)


def _print_open(to_decide: "Sequence[Open]") -> None:
    """Print what is to decide, what was said under its question, and once for each kind how to decide it."""
    from coprod.journeys.checking.typed_decisions import TYPED

    asked = ""
    kinds: dict[str, tuple[str, ...]] = {}
    for one in to_decide:
        if one.asked and one.asked != asked:
            asked = one.asked
            print_line(asked)
        decided = f"  ({one.decided})" if one.decided else ""
        print_line(f"{'ok' if one.is_done else '..'}  {_short(one.id)}: {one.about}{decided}")
        kind = one.id.partition(" ")[0]
        kinds |= {} if one.is_done else {kind: TYPED[kind]}
    if kinds:
        print_line()
        print_line("To decide one, write after `coprod campaigns decide NAME`:")
    for kind, wanted in kinds.items():
        key = " ID[,ID...]" if kind in {"comment", "waiver"} else " 'GOAL'" if kind == "mix" else ""
        print_line(f"    {kind}{key} {' '.join(f'“{text}”' for text in wanted)}")
    if "waiver" in kinds:
        print_line(f"    override {' '.join(f'“{text}”' for text in TYPED['override'])}")
        print_line("        (for all open warnings at once, for 90 days; every page is then marked with it)")


def _short(name: str) -> str:
    """Give an id as a person types it: five letters tell one comment from another."""
    kind, _, key = name.partition(" ")
    return f"{kind} {key[:5]}" if kind in {"comment", "waiver"} else kind


def _all_decided(name: str) -> str:
    return f"Everything is decided. Next: coprod campaigns signoff {name} --key FILE"


def tell_or_note(arguments: argparse.Namespace) -> int:
    """Write the page for the panel, or note who showed it."""
    from coprod.journeys.checking.deciding import decide, tell_panel_of

    workspace = here()
    paths = tell_panel_of(workspace, arguments.name, today())
    if not paths:
        raise RefusedError("no panel's answers have been opened for this material")
    if arguments.shown_by:
        decide(workspace, arguments.name, "shown", (arguments.shown_by,), today())
    if arguments.format == "json":
        print_json({"files": [str(path) for path in paths], "shown_by": arguments.shown_by or ""})
        return 0
    for path in paths:
        print_line(str(path))
    if arguments.shown_by:
        print_line(f"Noted: {arguments.shown_by} showed it to the panel today.")
    else:
        print_line(f"Show it to the panel, then: coprod campaigns said {arguments.name} --shown-by 'NAME'")
    return 0
