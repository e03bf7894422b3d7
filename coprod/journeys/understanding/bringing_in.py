"""Other people's files, read with the questionnaire they answer: the one somebody names, or one of the workspace's."""

from pathlib import Path
from typing import TYPE_CHECKING

from coprod.kernel.files import named_like
from coprod.kernel.problem import BadInputError
from coprod.workspace import Workspace
from surveys.interviews.choices import choices_of
from surveys.questionnaires.questionnaire import Questionnaire, load_questionnaire
from surveys.questionnaires.questions import QuestionPage

if TYPE_CHECKING:
    from analysis.inputs.columns import AskedQuestionnaire, Keep
    from analysis.inputs.responses import Responses


def read_file_for_analysis(
    path: Path, named: Path | None, workspace: Workspace | None, keep: "Keep"
) -> "Responses":
    """Give the responses in a file, its columns brought together with a questionnaire.

    `named` is the questionnaire somebody gave; without it, the workspace's questionnaire that explains at least two
    columns and half of them. Raises BadInputError for a file or questionnaire that cannot be used, or when the one
    named explains no column; RefusedError for a column kept without a reason.
    """
    from analysis.inputs.responses import read_responses

    if named is None:
        return read_responses(path, _held(workspace), keep)
    asked = asked_questionnaire(load_questionnaire(named), named.name, certain=True)
    responses = read_responses(path, (asked,), keep)
    if responses.about is None and not any(one.matched for one in responses.columns):
        raise BadInputError.of(
            named,
            f"no column of {path.name} answers a question of this questionnaire",
            "give the questionnaire that was asked, or head columns with its question ids or wordings",
        )
    return responses


def asked_questionnaire(questionnaire: Questionnaire, name: str, *, certain: bool) -> "AskedQuestionnaire":
    """Give a questionnaire as a file's columns are compared with it: ids, and wordings and labels in every language."""
    from analysis.inputs.columns import AskedQuestion, AskedQuestionnaire
    from coprod.journeys.asking.batches import survey_info

    pages = {page.id: page for page in questionnaire.pages}
    infos = survey_info("", questionnaire).questions
    return AskedQuestionnaire(
        name,
        tuple(
            AskedQuestion(
                info,
                _wordings(pages[info.id]),
                {
                    choice.id: tuple(text for _, text in choice.label.written())
                    for choice in choices_of(pages[info.id])
                },
            )
            for info in infos
        ),
        certain,
    )


def _wordings(page: QuestionPage) -> tuple[str, ...]:
    asks = [page.ask, *(one.ask for one in page.by_age)]
    return tuple(text for ask in asks if ask is not None for _, text in ask.written())


def _held(workspace: Workspace | None) -> tuple["AskedQuestionnaire", ...]:
    """Give a workspace's questionnaires; one with mistakes in it is passed over, since nobody asked for it here."""
    if workspace is None:
        return ()
    found = []
    for path in named_like(workspace.surveys, "*.yaml"):
        try:
            questionnaire = load_questionnaire(path)
        except BadInputError:
            continue
        found.append(asked_questionnaire(questionnaire, path.name, certain=False))
    return tuple(found)
