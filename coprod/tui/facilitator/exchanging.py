"""Forms from and for other tools, and the check of a questionnaire for a group and a day."""

from pathlib import Path

from coprod.clock import today
from coprod.journeys.asking.building import check_lines, expected_typed
from coprod.journeys.asking.imports import import_questionnaire
from coprod.kernel.files import write_whole
from coprod.kernel.problem import BadInputError
from coprod.tui.dialogs import Field, Filling
from coprod.workspace import Workspace
from surveys.questionnaires.sharing import USUAL_GROUP

MOST_SHOWN = 12


def import_form(workspace: Workspace) -> Filling[tuple[str, ...]]:
    """Give the form that brings an XLSForm into `surveys/`, and gives what was taken, left out and changed."""
    fields = (
        Field("The form, an .xlsx, .xls, .csv or .md file", name="form"),
        Field("What it is called here, such as our-drop-in", name="name"),
    )
    return Filling("A form from another tool", fields, lambda typed: imported(workspace, *typed))


def imported(workspace: Workspace, form: str, name: str) -> tuple[str, ...]:
    """Bring a form in. Raises BadInputError for a form that cannot be asked, or a name that is taken."""
    target = workspace.surveys / f"{Path(name).stem or Path(form).stem}.yaml"
    if target.exists():
        raise BadInputError.of("name", f"there is a questionnaire {target.stem}", "give it another name")
    got = import_questionnaire(Path(form).expanduser(), target)
    parts = (
        ("Taken out, it could show who somebody is", got.stripped),
        ("Not taken", got.refused),
        ("Changed", got.noted),
    )
    said = [f"{why}: {one.sheet} row {one.row}: {one.what}" for why, remarks in parts for one in remarks]
    more = [f"and {len(said) - MOST_SHOWN} more"] if len(said) > MOST_SHOWN else []
    return (f"{got.questions} questions are in surveys/{target.name}", *said[:MOST_SHOWN], *more)


def expected_form(workspace: Workspace, questionnaire: Path) -> Filling[tuple[str, ...]]:
    """Give the form that says how many are expected and when, and gives what the check says then."""
    fields = (
        Field("How many are expected", value=str(USUAL_GROUP), name="group"),
        Field("On which day, such as 2027-03-02, or blank", name="day"),
        Field("At what time, such as 14:00"),
    )

    def checked(typed: tuple[str, ...]) -> tuple[str, ...]:
        group, on = expected_typed(*typed)
        return (questionnaire.stem, *check_lines(questionnaire, workspace, today(), group, on))

    return Filling("Check it for a group, a day and a time", fields, checked)


def export_form(workspace: Workspace, questionnaire: Path) -> Filling[tuple[str, ...]]:
    """Give the form that writes a questionnaire as an XLSForm."""
    field = Field("Where to write it", value=str(workspace.out / f"{questionnaire.stem}.xlsx"), name="file")
    return Filling(
        "For Kobo, LimeSurvey or ODK", (field,), lambda typed: exported(questionnaire, Path(typed[0]))
    )


def exported(questionnaire: Path, target: Path) -> tuple[str, ...]:
    """Write a questionnaire as an XLSForm. Raises BadInputError for a name that is no Excel file's."""
    from surveys.questionnaires.questionnaire import load_questionnaire
    from surveys.xlsform.exporting import sheets_of, workbook_of

    if target.suffix.lower() != ".xlsx":
        raise BadInputError.of("file", "an XLSForm is an Excel file", "let its name end in .xlsx")
    write_whole(target.expanduser(), workbook_of(sheets_of(load_questionnaire(questionnaire))))
    return ("Written", str(target))


def schema_written(workspace: Workspace) -> tuple[str, ...]:
    """Write the JSON Schema of a questionnaire into `out/`, and give a heading and lines to say."""
    import msgspec

    from surveys.questionnaires.schema import questionnaire_schema

    target = workspace.out / "questionnaire.schema.json"
    write_whole(target, msgspec.json.format(msgspec.json.encode(questionnaire_schema()), indent=2))
    return (
        "Written",
        f"out/{target.name}",
        "An editor that is told of it checks a questionnaire while it is typed.",
    )
