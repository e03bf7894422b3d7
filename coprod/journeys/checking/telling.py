"""Telling a panel what was done with what it said: a page and plain text, written when every comment is answered."""

from collections.abc import Sequence
from pathlib import Path

from campaigns.panels.panelfile import RESULT_FILE, load_panel_result
from campaigns.panels.yousaid import you_said_document
from campaigns.releasing.signoff import CommentAnswer, HarmAnswer
from campaigns.render.drawing import draw
from coprod.journeys.checking.panels import material_folder, registry_of
from coprod.kernel.files import write_whole
from coprod.workspace import Workspace

TOLD = "you-said-we-did"


def told_folder(workspace: Workspace, name: str) -> Path:
    """Give where the pages for a material's panel are."""
    return workspace.out / f"{name}-panel"


def tell_panel(
    workspace: Workspace, name: str, answers: Sequence[CommentAnswer], harm: HarmAnswer | None
) -> tuple[Path, ...]:
    """Write what a panel said and what was done, as a page and as plain text in each language, and give the paths.

    Nothing is written where no panel was opened.
    """
    folder = material_folder(workspace, name)
    result = load_panel_result(folder / RESULT_FILE)
    if result is None:
        return ()
    helps = tuple(
        one
        for one in registry_of(workspace).contacts
        if workspace.settings.nation in one.nations and "young-people" in one.audiences
    )
    written: list[Path] = []
    for language in workspace.settings.languages:
        document = you_said_document(result, answers, harm, helps, language)
        suffix = "" if language == workspace.settings.languages[0] else f"-{language}"
        page, text = (told_folder(workspace, name) / f"{TOLD}{suffix}{end}" for end in (".html", ".txt"))
        write_whole(page, draw(document, "report-page"))
        write_whole(text, draw(document, "report-text"))
        written += [page, text]
    return tuple(written)
