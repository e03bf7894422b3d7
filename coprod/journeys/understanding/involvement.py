"""How young people were involved, read from a workspace: what the team wrote down, and what was done in it."""

from collections.abc import Iterator
from pathlib import Path

from analysis.codes.codebook import load_codebook, shipped_codebook
from analysis.inputs.responses import Responses
from analysis.reports.audiences import (
    AUDIENCES_FILE,
    Audiences,
    check_codes,
    load_audiences,
    shipped_audiences,
    shipped_text,
)
from analysis.reports.involvement import (
    INVOLVEMENT_FILE,
    STARTED,
    Done,
    Involvement,
    load_involvement,
)
from analysis.reports.yousaid import YOU_SAID_FILE, load_you_said
from campaigns.panels.panelfile import RESULT_FILE, load_panel_result
from coprod.journeys.understanding.codings import CODEBOOK_FILE
from coprod.kernel.files import read_text, write_whole
from coprod.kernel.problem import BadInputError
from coprod.kernel.text import clean_line
from coprod.workspace import Workspace
from surveys.questionnaires.questionnaire import parse_questionnaire


def involvement_of(workspace: Workspace) -> Involvement:
    """Give what the team wrote down; nothing where there is no file yet."""
    path = workspace.analysis / INVOLVEMENT_FILE
    return load_involvement(path) if path.exists() else Involvement()


def start_involvement(workspace: Workspace) -> Path:
    """Write the file a team fills in. Raises BadInputError when it is there already."""
    return _started(workspace.analysis / INVOLVEMENT_FILE, STARTED)


def audiences_of(workspace: Workspace) -> Audiences:
    """Give the workspace's own audiences, or those that come with coprod."""
    path = workspace.analysis / AUDIENCES_FILE
    if not path.exists():
        return shipped_audiences()
    own = load_audiences(path)
    codebook = workspace.analysis / CODEBOOK_FILE
    codes = (load_codebook(codebook) if codebook.exists() else shipped_codebook()).codes
    check_codes(own, tuple(code.id for code in codes), str(path))
    return own


def start_audiences(workspace: Workspace) -> Path:
    """Copy the audiences for a team to change. Raises BadInputError when there is a copy already."""
    return _started(workspace.analysis / AUDIENCES_FILE, shipped_text())


def done_in(workspace: Workspace, responses: Responses) -> Done:
    """Give in sentences what was done with young people in a workspace, as its files tell."""
    return Done(
        tuple(_asked(workspace, responses)), tuple(_reviewed(workspace)), tuple(_answered_to(workspace))
    )


def _started(path: Path, text: str) -> Path:
    if path.exists():
        raise BadInputError.of(path, "this file is there already", "fill it in, or move it away first")
    write_whole(path, text.encode())
    return path


def _asked(workspace: Workspace, responses: Responses) -> Iterator[str]:
    """Tell who made each questionnaire, where the text that was asked is still here."""
    if responses.about is None:
        yield "Young people's answers came from a file; who wrote the questions is not known to coprod."
        return
    asked = sorted({sha for one in responses.about.questions for sha in one.questionnaires})
    for sha in asked:
        path = workspace.boxes / "asked" / f"{sha}.yaml"
        if path.exists():
            questionnaire = parse_questionnaire(read_text(path), path.name)
            made_by = clean_line(questionnaire.made_by.en)
            yield f"“{clean_line(questionnaire.title.en)}” was asked. Made by: {made_by}."
    yield "They answered by themselves; nobody could see what another answered, and nobody had to."


def _reviewed(workspace: Workspace) -> Iterator[str]:
    for path in sorted(workspace.campaigns.glob(f"*/{RESULT_FILE}")):
        result = load_panel_result(path)
        if result is not None:
            came = "Enough" if result.enough else "Not enough"
            comments = "commented on it" if result.comments else "had nothing to add"
            yield f"{came} young people looked at the material “{path.parent.name}” together before it was printed, and {comments}."


def _answered_to(workspace: Workspace) -> Iterator[str]:
    path = workspace.analysis / YOU_SAID_FILE
    if not path.exists():
        return
    held = load_you_said(path)
    for theme in held.themes:
        if not theme.missing():
            yield f"Young people said: “{clean_line(theme.you_said)}” This is {theme.in_a_word}."
    waiting = [theme for theme in held.themes if theme.missing()]
    if waiting:
        yield "Other things that young people said still wait for an answer."
