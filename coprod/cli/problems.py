"""How the command line says what is wrong: in a file with its place, in an option by the option's own name."""

import argparse
from collections.abc import Sequence
from pathlib import Path

from coprod.kernel.problem import BadInputError, CoprodError, Problem


def told(error: CoprodError, parser: argparse.ArgumentParser | None, arguments: Sequence[str]) -> str:
    """Give an error in lines for a person who typed these arguments."""
    if not isinstance(error, BadInputError):
        return str(error)
    spelled = _options(_asked(parser, arguments)) if parser is not None else {}
    return "\n".join(_line(problem, spelled) for problem in error.problems)


def _line(problem: Problem, spelled: dict[str, str]) -> str:
    path = Path(problem.path)
    is_place = (problem.line, problem.column) != (1, 1) or path.suffix or len(path.parts) > 1
    if is_place or (path.exists() and problem.path not in spelled):
        return str(problem)
    return f"{spelled.get(problem.path, problem.path)}: {problem.what}; {problem.mend}"


def _asked(parser: argparse.ArgumentParser, arguments: Sequence[str]) -> argparse.ArgumentParser:
    """Give the parser of the command that was asked for."""
    for word in arguments:
        every = parser._actions  # noqa: SLF001  argparse tells of what a parser takes in no other way
        commands = next((one for one in every if isinstance(one.choices, dict)), None)
        if commands is None or not isinstance(commands.choices, dict):
            break
        parser = commands.choices.get(word, parser)
    return parser


def _options(parser: argparse.ArgumentParser) -> dict[str, str]:
    """Give each option of a command as it is typed, by its name in words."""
    every = parser._actions  # noqa: SLF001  as above
    options = (one for one in every if one.option_strings)
    return {one.dest.replace("_", " "): one.option_strings[-1] for one in options}
