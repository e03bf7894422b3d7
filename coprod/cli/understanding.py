"""What an analyst makes of themes and codes: the commands beyond finding, coding and counting, a module each."""

from typing import Any

from coprod.cli import changing, framework, journal, networks, sorting, themework

Commands = Any  # argparse's type for sub-commands is private


def add_commands(commands: Commands) -> None:
    """Add them all."""
    for module in (sorting, themework, networks, framework, changing, journal):
        module.add_commands(commands)
