"""The forms of building a questionnaire: each gives the questionnaire as it would be then."""

from collections.abc import Callable

from coprod.journeys.asking import building
from coprod.journeys.asking.building import Own, Words
from coprod.tui.dialogs import Field, Filling
from coprod.tui.widgets.choices import Shown
from coprod.workspace import Workspace
from surveys.questionnaires.questionnaire import Questionnaire
from surveys.questionnaires.questions import Kind

STEPS: dict[str, Callable[[Questionnaire, str], Questionnaire]] = {
    "up": lambda asked, marked: building.moved(asked, marked, -1),
    "down": lambda asked, marked: building.moved(asked, marked, 1),
    "remove": building.removed,
}


def form_for(which: str, asked: Questionnaire, marked: str) -> Filling[Questionnaire] | None:
    """Give a form by its name: `reword` or `head`; None where no question is marked to reword."""
    if which == "head":
        return _head_form(asked)
    return _reword_form(asked, marked) if marked and which == "reword" else None


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


KINDS = (
    Shown("faces", "Five faces, from really bad to really good"),
    Shown("frequency", "From never to always"),
    Shown("likert", "From strongly disagree to strongly agree"),
    Shown("choose-one", "One of several choices"),
    Shown("choose-many", "As many choices as fit"),
    Shown("text", "Their own words"),
)


KIND_WORDS: dict[Kind, str] = {
    "faces": "five faces",
    "frequency": "never to always",
    "likert": "agree or not",
    "choose-one": "one choice",
    "choose-many": "many choices",
    "text": "own words",
    "ranking": "put in order",
    "number": "0 to 10",
    "cards": "one of some cards",
    "best-worst": "best and worst",
    "paired": "two at a time",
    "highlighter": "words to mark",
    "note": "only says something",
    "break": "a rest",
    "help-card": "who to talk to",
}


def own_form(asked: Questionnaire, kind: str) -> Filling[Questionnaire]:
    """Give the form of a question of one's own, of one of KINDS."""
    with_choices = kind.startswith("choose")
    fields = (
        Field("The question, in plain words", name="words"),
        Field("About safety, abuse, health or identity? Which, or blank", name="question"),
        *((Field("Its choices, with ; between", name="choices"),) if with_choices else ()),
    )

    def made(typed: tuple[str, ...]) -> Questionnaire:
        said = typed[2].split(";") if with_choices else ()
        choices = tuple(one.strip() for one in said if one.strip())
        return building.with_own(asked, Own(Words(typed[0], choices=choices), kind, typed[1]))

    return Filling("A question of your own", fields, made)


def _reword_form(asked: Questionnaire, marked: str) -> Filling[Questionnaire]:
    words = building.words_of_question(next(one for one in asked.pages if one.id == marked))
    fields = (
        Field("The question", value=words.ask, name="words"),
        Field("In Welsh, or blank", value=words.welsh),
        Field("A line of help under it, or blank", value=words.help),
        *(
            Field(f"Choice {number}; blank takes it out", value=one, name="choices")
            for number, one in enumerate(words.choices, 1)
        ),
        *((Field("One more choice, or blank", name="choices"),) if words.choices else ()),
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
        Field("For which ages", value=", ".join(asked.ages), name="ages"),
    )
    return Filling("The first page", fields, lambda typed: building.with_head(asked, *typed))
