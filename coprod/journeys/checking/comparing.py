"""Two versions of a material beside each other: before and after, or A and B, through the same sealed sessions."""

from datetime import date
from pathlib import Path

from msgspec import Struct

from campaigns.materials.material import Material, load_material, parse_material
from campaigns.panels.comparing import FIRST, SECOND, comparison_questionnaire, pairs_of
from campaigns.panels.panel import seen_in
from campaigns.panels.panelfile import COMPARED_FILE, load_panel_result, panel_result_bytes
from campaigns.releasing.binding import seen_hash
from campaigns.releasing.history import Event, note_events
from coprod.journeys.checking.panel_comments import ROUNDS
from coprod.journeys.checking.panels import (
    MATERIAL_FILE,
    SEEN_FILE,
    material_folder,
    open_reviews,
    registry_of,
)
from coprod.kernel.files import named_like, read_text, write_whole
from coprod.kernel.panel_result import PanelResult
from coprod.kernel.problem import BadInputError, RefusedError
from coprod.kernel.released import ReleasedTable
from coprod.workspace import Workspace
from surveys.boxes.keys import Identity
from surveys.questionnaires.questionnaire import parse_questionnaire

COMPARISON_FILE = "comparison.yaml"
OTHER_FILE = "compared-with"


class PairSaid(Struct, frozen=True):
    """One pair: what each version says, and in safe words how many picked each, the same, or neither.

    Nothing is answered and picked before the answers are opened.
    """

    first: str
    second: str
    answered: str = ""
    picked: tuple[tuple[str, str], ...] = ()


class Comparison(Struct, frozen=True):
    """A comparison as it stands: its pairs, what came of it, and whether it is about the words as they are now."""

    pairs: tuple[PairSaid, ...]
    result: PanelResult | None
    is_current: bool


def prepare_comparison(workspace: Workspace, name: str, other: str, today: date) -> Path:
    """Write `campaigns/NAME/comparison.yaml`, which asks which version says it better, and give its path.

    `other` names another material of the workspace or a file; empty, it is the version the last panel saw. The
    other version counts as the first: as what was there before. Raises RefusedError when there is nothing to
    compare, or too much.
    """
    folder = material_folder(workspace, name)
    after = load_material(folder / MATERIAL_FILE)
    before = _other(workspace, folder, other, seen_hash(after, folder))
    contacts = registry_of(workspace).contacts
    text = comparison_questionnaire(before, after, contacts, seen_hash(after, folder))
    path = folder / COMPARISON_FILE
    parse_questionnaire(text, str(path))
    write_whole(folder / OTHER_FILE, before.source.encode())
    write_whole(path, text.encode())
    says = f"a comparison with {other or 'what the last panel saw'} was made"
    note_events(workspace.campaigns, [Event("asked", today, material=name, says=says)])
    return path


def _other(workspace: Workspace, folder: Path, other: str, seen: str) -> Material:
    if other and (workspace.campaigns / other / MATERIAL_FILE).is_file():
        return load_material(workspace.campaigns / other / MATERIAL_FILE)
    if other:
        return load_material(Path(other).expanduser())
    rounds = folder / ROUNDS
    numbered = sorted(named_like(rounds, "*"), key=lambda path: int(path.name)) if rounds.is_dir() else []
    for one in reversed(numbered):
        path = one / SEEN_FILE
        kept = parse_material(read_text(path), str(path), is_markdown=True)
        if seen_hash(kept, folder) != seen:
            return kept
    raise RefusedError(
        "no panel has seen another version than this one: say which other version it stands beside"
    )


def open_comparison(workspace: Workspace, name: str, identity: Identity, today: date) -> PanelResult:
    """Open the sealed answers to a comparison and write `comparison-result.json`. Raises as `open_panel` does."""
    folder = material_folder(workspace, name)
    if not (folder / COMPARISON_FILE).exists():
        raise RefusedError(f"nothing was compared yet: `coprod campaigns compare {name}` makes the questions")
    result = open_reviews(workspace, folder / COMPARISON_FILE, f"compare-{name}", identity, today)
    write_whole(folder / COMPARED_FILE, panel_result_bytes(result))
    says = f"a comparison, {result.reviewers} reviewers{', somebody saw harm' if result.harm_raised else ''}"
    event = Event("opened", today, workspace.settings.opener, name, says)
    note_events(workspace.campaigns, [event])
    return result


def comparison_of(workspace: Workspace, name: str) -> Comparison | None:
    """Give where a material's comparison stands, or None where none was made. Raises BadInputError for broken files."""
    folder = material_folder(workspace, name)
    if not ((folder / COMPARISON_FILE).exists() and (folder / OTHER_FILE).exists()):
        return None
    after = load_material(folder / MATERIAL_FILE)
    seen = seen_hash(after, folder)
    is_current = seen_in(read_text(folder / COMPARISON_FILE)) == seen
    result = load_panel_result(folder / COMPARED_FILE)
    if is_current and result is not None and result.material == seen:
        return Comparison(compared(workspace, name), result, is_current)
    before = parse_material(read_text(folder / OTHER_FILE), str(folder / OTHER_FILE), is_markdown=True)
    pairs = pairs_of(before, after, registry_of(workspace).contacts)
    return Comparison(tuple(PairSaid(*pair) for pair in pairs), None, is_current)


def compared(workspace: Workspace, name: str) -> tuple[PairSaid, ...]:
    """Give what people said of each pair. Raises BadInputError when the material is not what was compared."""
    folder = material_folder(workspace, name)
    result = load_panel_result(folder / COMPARED_FILE)
    if result is None:
        raise BadInputError.of(folder / COMPARED_FILE, "nothing was compared yet", "open the answers first")
    after = load_material(folder / MATERIAL_FILE)
    if seen_in(read_text(folder / COMPARISON_FILE)) != seen_hash(after, folder):
        mend = "compare again, or put that version back"
        raise BadInputError.of(folder / MATERIAL_FILE, "this is not the version that was compared", mend)
    before = parse_material(read_text(folder / OTHER_FILE), str(folder / OTHER_FILE), is_markdown=True)
    pairs = pairs_of(before, after, registry_of(workspace).contacts)
    tables = {table.question: table for table in result.tables}
    return tuple(_said(pair, tables[f"pair-{number}"]) for number, pair in enumerate(pairs, 1))


def _said(pair: tuple[str, str], table: ReleasedTable) -> PairSaid:
    names = (FIRST, SECOND, "same", "neither")
    shown = tuple((name, cell.shown) for name, cell in zip(names, table.cells, strict=False))
    return PairSaid(*pair, table.answered, shown)
