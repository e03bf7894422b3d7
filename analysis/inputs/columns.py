"""What a file's columns are taken for: which question each answers, how, and which are left out and why."""

from collections.abc import Iterable
from typing import Literal

from msgspec import Struct

from analysis.inputs.batchfile import ChoiceInfo, Kind, QuestionInfo
from coprod.kernel.problem import BadInputError, RefusedError
from coprod.kernel.text import clean_line
from coprod.kernel.yamlfile import nearest

TakenAs = Kind | Literal["empty", "left out"]


class Column(Struct, frozen=True):
    """One column as it is used. `headers` are those in the file; several where each choice had one.

    `choices` are all that could be chosen, where the file or a questionnaire says. `sensitive` is None where nobody
    has said. `matched` says how a question of the questionnaire was found, `left_out` what the column may hold that
    says who somebody is, `kept` why it stays all the same, `remark` what else to know.
    `also` gives for a choice's label the other ways it may stand in the file: labels in other languages.
    """

    name: str
    headers: tuple[str, ...]
    taken_as: TakenAs
    wording: str = ""
    choices: tuple[ChoiceInfo, ...] = ()
    sensitive: str | None = None
    matched: str = ""
    left_out: str = ""
    kept: str = ""
    remark: str = ""
    also: dict[str, tuple[str, ...]] = {}


class AskedQuestion(Struct, frozen=True):
    """A question of a questionnaire: what analysis knows of it, and every wording it and its choices have."""

    info: QuestionInfo
    wordings: tuple[str, ...]
    labels: dict[str, tuple[str, ...]] = {}


class AskedQuestionnaire(Struct, frozen=True):
    """The questions a file may hold answers to. `name` is the questionnaire's file; a `certain` one somebody named."""

    name: str
    questions: tuple[AskedQuestion, ...]
    certain: bool = True


class Keep(Struct, frozen=True):
    """Columns to keep although they may say who somebody is, and why."""

    columns: tuple[str, ...] = ()
    reason: str = ""


def check_keep(keep: Keep, source: str, headers: Iterable[str]) -> None:
    """Raise RefusedError for columns kept without a reason, BadInputError for one that is not there."""
    if keep.columns and not clean_line(keep.reason):
        raise RefusedError("to keep a column that may say who somebody is, say why with --because REASON")
    known = list(headers)
    for column in keep.columns:
        if column not in known:
            raise BadInputError.of(
                source, f"there is no column `{clean_line(column)}`", nearest(column, known)
            )


def find_column(columns: Iterable[Column], asked: str) -> Column | None:
    """Give the column somebody means: by its name, a header in the file, or its wording; None when there is none."""
    held = tuple(columns)
    for fits in (
        lambda one: asked == one.name,
        lambda one: asked in one.headers,
        lambda one: clean_line(asked).casefold() == one.wording.casefold(),
    ):
        found = next((one for one in held if fits(one)), None)
        if found is not None:
            return found
    return None


def left_out_error(source: str, column: Column) -> BadInputError:
    """Give the error for a column that is there and left out."""
    name = column.headers[0]
    return BadInputError.of(
        source,
        f"the column `{name}` is left out: it looks like {column.left_out}",
        f'if it must stay, `--keep "{name}" --because REASON`',
    )
