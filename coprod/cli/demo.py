"""`coprod demo`: the whole loop on a make-believe service."""

import argparse
import os
import sys
from pathlib import Path

from coprod.cli.output import ask, print_line
from coprod.clock import today
from coprod.workspace import load_workspace

USUAL_NAME = "coprod-demo"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the options of `coprod demo`."""
    parser.add_argument(
        "folder",
        nargs="?",
        type=Path,
        metavar="DIR",
        help="a new folder (default: the next free coprod-demo)",
    )
    parser.add_argument("--headless", action="store_true", help="do not offer to open the app")
    parser.add_argument(
        "--seed", type=int, default=2017, help="what the make-believe people say (default 2017)"
    )
    parser.set_defaults(run=demo)


def demo(arguments: argparse.Namespace) -> int:
    """Run the demo, print what it did and where the files are, and offer the app in a terminal."""
    from coprod.journeys.demo import run_demo

    folder: Path = arguments.folder or _next_free(Path(USUAL_NAME))
    outcome = run_demo(folder, arguments.seed, today(), print_line)
    print_line()
    print_line(f"Workspace      {folder}")
    for label, written in (("Report", outcome.told.report), ("Pathway", outcome.told.pathway)):
        for at, path in enumerate(written.files.values()):
            print_line(f"{'' if at else label:15}{folder / 'out' / path.name}")
    for label, released in (("You said", outcome.answers), ("Material", outcome.good)):
        for at, path in enumerate(released.files.paths):
            print_line(f"{'' if at else label:15}{_shown(path)}")
    print_line(f"Keys           {_shown(outcome.service.keys)} (make-believe, with their passphrase)")
    print_line("Why the other material was refused:")
    for reason in outcome.bad.reasons:
        print_line(f"  - {reason.replace(f'{outcome.service.workspace.root}{os.sep}', '')}")
    if arguments.headless or not (sys.stdin.isatty() and sys.stdout.isatty()):
        print_line(f"To look around: cd {folder} and run coprod")
        return 0
    return _offer(folder)


def _offer(folder: Path) -> int:
    if ask("Open the app on it? (yes/no)").lower() not in {"y", "yes"}:
        return 0
    from coprod.tui.desk import run_desk

    return int(run_desk(load_workspace(folder)))


def _next_free(wanted: Path) -> Path:
    """Give the first of `coprod-demo`, `coprod-demo-2`, … that is not taken, nor its folder of keys."""
    names = (wanted, *(wanted.with_name(f"{wanted.name}-{number}") for number in range(2, 1000)))
    return next(one for one in names if not one.exists() and not one.with_name(f"{one.name}-keys").exists())


def _shown(path: Path) -> str:
    """Give a path as short as it can be typed from here."""
    return os.path.relpath(path)
