"""A new round of a panel: what was decided about the one before stays with that one, and nothing of it counts twice."""

from pathlib import Path

from msgspec.structs import replace

from coprod.journeys.checking.draft import Draft, draft_text
from coprod.journeys.checking.panel_comments import ROUNDS
from coprod.journeys.checking.releases import DECISIONS_FILE
from coprod.kernel.files import read_bytes, written_together
from coprod.kernel.yamlfile import load_yaml


def written_decisions(folder: Path) -> Draft | None:
    """Give what stands in a material's decisions file; None where there is none. Raises BadInputError for mistakes."""
    path = folder / DECISIONS_FILE
    return load_yaml(path, Draft).value if path.exists() else None


def put_by(folder: Path, before: Draft | None) -> None:
    """Put a copy of the decisions with the last round, and take out of them what was about its panel.

    How it was looked after, its mix, an answer to harm and that it was shown the answers were about other people,
    or other words. Names and waivers stay; answers to comments that nobody wrote this time fall out by themselves.
    """
    if before is None:
        return
    path = folder / DECISIONS_FILE
    anew = replace(before, practice=None, mix=(), harm=None, shown=None)
    files = {path: draft_text(anew, ()).encode()}
    rounds = folder / ROUNDS
    numbers = [int(one.name) for one in rounds.iterdir() if one.name.isdecimal()] if rounds.is_dir() else []
    if numbers:
        files[rounds / str(max(numbers)) / DECISIONS_FILE] = read_bytes(path)
    with written_together(files):
        pass
