"""The forms of building a questionnaire: each gives the questionnaire as it would be then."""

from collections.abc import Callable

from coprod.journeys.asking import building
from coprod.journeys.asking.building import Own, Words
from coprod.tui.dialogs import Field, Filling
from coprod.workspace import Workspace
from surveys.questionnaires.questionnaire import Questionnaire

STEPS: dict[str, Callable[[Questionnaire, str], Questionnaire]] = {
    "up": lambda asked, marked: building.moved(asked, marked, -1),
    "down": lambda asked, marked: building.moved(asked, marked, 1),
    "remove": building.removed,
}


def form_for(which: str, asked: Questionnaire, marked: str) -> Filling[Questionnaire] | None:
    """Give a form by its name: `own`, `reword` or `head`; None where no question is marked to reword."""
    if which == "own":
        return _own_form(asked)
    if which == "head":
        return _head_form(asked)
    return _reword_form(asked, marked) if marked else None


def new_form(workspace: Workspace) -> Filling[Questionnaire]:
    """Give the form that begins a questionnaire."""
    fields = (
        Field("Its name as a file, such as our-drop-in", name="name"),
        Field("Title, as young people will read it"),
        Field("Who makes it", value=f"Young people and {workspace.settings.name}"),
        Field("Title in Welsh, or blank"),
    )
    return Filling("A questionnaire of your own", fields, lambda typed: building.begun(*typed))


def copy_form(asked: Questionnaire) -> Filling[Questionnaire]:
    """Give the form that begins a copy of a ready-made questionnaire under another name."""
    return Filling(
        f"A ready-made one stays as it is. What is your copy of “{asked.title.en}” called?",
        (Field("Its name as a file, such as our-drop-in", name="name"),),
        lambda typed: building.copied(asked, typed[0]),
    )


def _own_form(asked: Questionnaire) -> Filling[Questionnaire]:
    fields = (
        Field("The question, in plain words", name="words"),
        Field(f"Kind: {', '.join(building.OWN_KINDS)}", value="faces", name="kind"),
        Field("Choices with ; between, for choose-one and choose-many", name="choices"),
        Field("About safety, abuse, health or identity? Which, or blank", name="question"),
    )

    def made(typed: tuple[str, ...]) -> Questionnaire:
        choices = tuple(one.strip() for one in typed[2].split(";") if one.strip())
        return building.with_own(asked, Own(Words(typed[0], choices=choices), typed[1], typed[3]))

    return Filling("A question of your own", fields, made)


def _reword_form(asked: Questionnaire, marked: str) -> Filling[Questionnaire]:
    words = building.words_of_question(next(one for one in asked.pages if one.id == marked))
    fields = (
        Field("The question", value=words.ask, name="words"),
        Field("In Welsh, or blank", value=words.welsh),
        Field("A line of help under it, or blank", value=words.help),
        *(Field(f"Choice {number}", value=one) for number, one in enumerate(words.choices, 1)),
    )
    return Filling(
        "Other words",
        fields,
        lambda typed: building.reworded(asked, marked, Words(typed[0], typed[1], typed[2], typed[3:])),
    )


def _head_form(asked: Questionnaire) -> Filling[Questionnaire]:
    fields = (
        Field("Title", value=asked.title.en, name="words"),
        Field("In Welsh, or blank", value=asked.title.cy or ""),
        Field("Who made it", value=asked.made_by.en),
    )
    return Filling("The first page", fields, lambda typed: building.with_head(asked, *typed))
