"""Forms from other tools: read in a process of their own, because a broken file can break its reader."""

import os
import threading
from pathlib import Path

from coprod.jobs import Job, StoppedError
from coprod.kernel.files import read_bytes, write_whole
from coprod.kernel.problem import BadInputError, Problem
from surveys.xlsform.importing import Imported, import_form
from surveys.xlsform.reading import LARGEST_FORM

MOST_SECONDS = 60
MOST_MEMORY = 2_000_000_000  # bytes of address space; a form of 1,000 questions takes a tenth of it


def import_form_file(form: Path, most_seconds: float = MOST_SECONDS) -> Imported:
    """Give the questionnaire in an XLSForm file. Nothing is written.

    Raises BadInputError: with the form's own mistakes, or with one line when the reader broke down on it,
    ran out of memory, or took longer than `most_seconds`.
    """
    job = Job(_imported, read_bytes(form, LARGEST_FORM), str(form))
    clock = threading.Timer(most_seconds, job.stop)
    clock.start()
    try:
        outcome = job.result()
    except StoppedError:
        what = "this form broke the program that reads it"
        mend = "copy its sheets into a new file, save that as .xlsx, and import it"
        raise BadInputError.of(form, what, mend) from None
    finally:
        clock.cancel()
    if isinstance(outcome, Imported):
        return outcome
    raise BadInputError(*outcome)


def import_questionnaire(form: Path, target: Path) -> Imported:
    """Write the questionnaire of a form to `target`, and give it with what was stripped, refused and changed.

    Raises BadInputError and writes nothing where nothing of the form can be asked, and where the file is there
    already: what people changed in it is never replaced.
    """
    if target.exists():
        raise BadInputError.of(target, "this file is there already", "move it away first, or name another")
    if target.suffix not in {".yaml", ".yml"}:
        raise BadInputError.of(target, "a questionnaire's file ends in .yaml", f"write -o {target.stem}.yaml")
    imported = import_form_file(form)
    write_whole(target, imported.text.encode())
    return imported


def _imported(content: bytes, name: str) -> Imported | tuple[Problem, ...]:
    """Do the reading, in the child; mistakes travel as values."""
    _limit_memory()
    try:
        return import_form(content, name)
    except BadInputError as error:
        return error.problems


def _limit_memory() -> None:
    """Let the system end this process before a hostile file fills the computer; Windows has no such limit."""
    if os.name == "posix":
        import resource

        _, hard = resource.getrlimit(resource.RLIMIT_AS)
        most = MOST_MEMORY if hard == resource.RLIM_INFINITY else min(hard, MOST_MEMORY)
        resource.setrlimit(resource.RLIMIT_AS, (most, hard))
