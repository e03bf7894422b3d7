"""Files for other programs: released tables through the gate and the ledger, and answers through the raw gate."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from analysis.exports.raw_answers import raw_sheets
from analysis.exports.released import ReleasedSheet, one_sheet, sheet_each
from analysis.exports.sheets import Notes
from analysis.exports.writing import check_target, write_sheets
from analysis.inputs.responses import Responses
from analysis.publishing.raw import RAW_FILE, RawExport, allow_raw, record_raw
from coprod.journeys.understanding.exchange import NOT_RECORDED, RAW_NOTE, RawAsked
from coprod.journeys.understanding.methods import overrides_of
from coprod.journeys.understanding.tables import Asked, Shown, data_of
from coprod.workspace import Workspace

__all__ = ["check_target", "export_responses", "write_tables"]

HOW_TO_READ = (
    "Counts are rounded or in words, so that no number points at one person. Every cell says how it was protected and "
    "why; a table is only safe together with these protections. Rules: coprod-sdc 1."
)
SIMULATED = "SIMULATED: nobody said this."


def write_tables(shown: Sequence[Shown], wanted: Sequence[Asked], responses: Responses, to: Path) -> None:
    """Write released tables as CSV, XLSX (a sheet a table), Parquet or SPSS. Raises BadInputError as `write_sheets` does."""
    released = [
        ReleasedSheet(one.table, asked.by, one.audit) for one, asked in zip(shown, wanted, strict=True)
    ]
    lines = (*_marks(responses), HOW_TO_READ, *overrides_of(shown))
    sheets = sheet_each(released) if to.suffix.lower() == ".xlsx" else (one_sheet(released),)
    write_sheets(sheets, Notes("Tables safe to publish", lines), to)


def export_responses(
    responses: Responses, file: Path, to: Path, asked: RawAsked, workspace: Workspace | None, on: date
) -> tuple[tuple[Path, ...], str]:
    """Write answers as CSV, XLSX, Parquet or SPSS; give the files made and, in words, what was recorded.

    Raises RefusedError without --raw, a reason and two names, BadInputError for another ending; then nothing is written.
    """
    check_target(to)
    reason, names = allow_raw(asked.reason, asked.signed_by, raw=asked.raw)
    sheets = raw_sheets(responses)
    if workspace is not None:
        record_raw(workspace.analysis / RAW_FILE, RawExport(on, to.name, data_of(file), reason, names))
    signed = f"Exported {on} for: {reason}. Signed by {' and '.join(names)} (recorded, not proven)."
    made = write_sheets(sheets, Notes("Answers", (*_marks(responses), RAW_NOTE, signed)), to)
    recorded = f"Recorded in {RAW_FILE}: {' and '.join(names)}, {reason}" if workspace else NOT_RECORDED
    return made, recorded


def _marks(responses: Responses) -> tuple[str, ...]:
    kept = [
        f"Kept although it may say who somebody is: {one.headers[0]}, because {one.kept}."
        for one in responses.columns
        if one.kept
    ]
    return (*([SIMULATED] if responses.simulated else []), *kept)
