"""`coprod doctor`: what this machine is missing, and how to get it."""

import argparse
from pathlib import Path

from coprod.cli.output import add_format, print_json, print_line
from coprod.doctor import examine
from coprod.workspace import find_workspace

SIGNS = {"ok": "ok", "look": "--", "missing": "!!"}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the options of `coprod doctor`."""
    add_format(parser)
    parser.set_defaults(run=doctor)


def doctor(arguments: argparse.Namespace) -> int:
    """Print each check; 1 when something that coprod needs is missing."""
    checks = examine(workspace=find_workspace(Path.cwd()))
    if arguments.format == "json":
        print_json({"checks": checks})
    else:
        width = max(len(check.name) for check in checks)
        for check in checks:
            print_line(f"{SIGNS[check.state]}  {check.name:{width}}  {check.found}")
            if check.mend:
                print_line(f"    {'':{width}}  {check.mend}")
    return int(any(check.state == "missing" for check in checks))
