"""Taking an interview back, from the words as they were typed."""

from datetime import date

from coprod.journeys.asking.sessions import withdraw
from coprod.journeys.asking.standing import to_copy_again
from coprod.workspace import Workspace
from surveys.boxes.withdrawal import read_words


def taken_back(workspace: Workspace, typed: str, today: date) -> tuple[str, ...]:
    """Take back what four words stand for, and give a heading and lines to say.

    Raises BadInputError for words that are none, RefusedError when the last day has passed everywhere.
    """
    if withdraw(workspace, read_words(typed), today):
        again = to_copy_again(workspace)
        copies = (
            f"{' and '.join(again)} was copied before this: copy it again, onto the same stick."
            if again
            else ""
        )
        said = ("Taken back", "Their answers are deleted from the box on this device.", copies)
        return tuple(line for line in said if line)
    return (
        "Not in a box on this device",
        "If the words are right, the answers go when all boxes are opened together: the words are remembered.",
        "They travel with the next copy that is made here.",
    )
