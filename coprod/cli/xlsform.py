"""`coprod surveys import` and `export`: questionnaires from and to the spreadsheet other survey tools use."""

import argparse
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from coprod.cli.output import add_format, print_json, print_line
from coprod.workspace import find_workspace

if TYPE_CHECKING:
    from surveys.xlsform.sheets import Remark


def add_commands(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add `import` and `export`."""
    importing = commands.add_parser("import", help="a questionnaire from an XLSForm")
    importing.add_argument("form", type=Path, metavar="FORM", help="an .xlsx, .xls, .csv or .md file")
    importing.add_argument(
        "-o", "--output", type=Path, required=True, metavar="FILE", help="the .yaml file to write"
    )
    add_format(importing)
    importing.set_defaults(run=import_questionnaire)
    exporting = commands.add_parser("export", help="a questionnaire as an XLSForm")
    exporting.add_argument("name", metavar="NAME", help="a name from `list`, or a file")
    exporting.add_argument(
        "-o", "--output", type=Path, required=True, metavar="FILE", help="the .xlsx file to write"
    )
    add_format(exporting)
    exporting.set_defaults(run=export_questionnaire)


def import_questionnaire(arguments: argparse.Namespace) -> int:
    """Write the questionnaire of a form, and print what was stripped, refused and changed, by sheet and row."""
    from coprod.journeys.asking import imports

    imported = imports.import_questionnaire(arguments.form, arguments.output)
    if arguments.format == "json":
        print_json(
            {
                "questions": imported.questions,
                "stripped": imported.stripped,
                "refused": imported.refused,
                "noted": imported.noted,
                "path": str(arguments.output),
            }
        )
        return 0
    asked = "1 question is" if imported.questions == 1 else f"{imported.questions} questions are"
    print_line(f"{asked} in {arguments.output}.")
    _print_remarks("Taken out, because it could show who somebody is:", imported.stripped)
    _print_remarks("Not taken:", imported.refused)
    _print_remarks("Taken, but changed:", imported.noted)
    print_line(f"Next: read it, then coprod surveys preview {arguments.output}")
    return 0


def export_questionnaire(arguments: argparse.Namespace) -> int:
    """Write a questionnaire as an XLSForm in an Excel file."""
    from coprod.kernel.files import write_whole
    from coprod.kernel.problem import BadInputError
    from surveys.questionnaires.library import find_questionnaire
    from surveys.questionnaires.questionnaire import load_questionnaire
    from surveys.xlsform.exporting import sheets_of, workbook_of

    if arguments.output.suffix.lower() != ".xlsx":
        raise BadInputError.of(arguments.output, "an XLSForm is an Excel file", "write -o NAME.xlsx")
    workspace = find_workspace(Path.cwd())
    asked = load_questionnaire(find_questionnaire(arguments.name, workspace.surveys if workspace else None))
    sheets = sheets_of(asked)
    write_whole(arguments.output, workbook_of(sheets))
    if arguments.format == "json":
        print_json(
            {
                "path": str(arguments.output),
                "rows": {name: len(rows) for name, rows in sheets.by_name().items()},
            }
        )
        return 0
    print_line(f"{asked.title.en}: {len(sheets.survey)} rows are in {arguments.output}.")
    return 0


def _print_remarks(heading: str, remarks: "Iterable[Remark]") -> None:
    for number, remark in enumerate(remarks):
        if number == 0:
            print_line(heading)
        print_line(f"  {remark.sheet} row {remark.row}: {remark.what}")
