"""`coprod new`: a workspace with starter questionnaires and materials."""

import argparse
from pathlib import Path

from coprod.cli.output import print_line
from coprod.journeys.beginnings import begin_workspace
from coprod.kernel.contacts import NATIONS


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the options of `coprod new`."""
    parser.add_argument("folder", type=Path, metavar="DIR", help="a new folder for this piece of work")
    parser.add_argument("--name", help="what the service is called (default: the folder's name)")
    parser.add_argument("--nation", choices=NATIONS, default="england", help="whose law and help lines apply")
    parser.set_defaults(run=new)


def new(arguments: argparse.Namespace) -> int:
    """Make the workspace and say what to do next."""
    folder: Path = arguments.folder
    workspace = begin_workspace(folder, arguments.name or folder.resolve().name, arguments.nation)
    print_line(f"Made {workspace.root}")
    print_line("Next, before the first session:")
    print_line("  1. Two people who may open answers each run `coprod keys new` on their own computer.")
    print_line("  2. Call the help lines you will show, then `coprod contacts confirm childline …`.")
    print_line("  3. `coprod keys rehearse` on this device, so that answers given here can be opened.")
    print_line("  4. `coprod` opens the app.")
    return 0
