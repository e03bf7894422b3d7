"""Taking an interview back, from the words as they were typed."""

from datetime import date

from coprod.journeys.asking.sessions import withdraw
from coprod.workspace import Workspace
from surveys.boxes.withdrawal import read_words


def taken_back(workspace: Workspace, typed: str, today: date) -> tuple[str, ...]:
    """Take back what four words stand for, and give a heading and lines to say.

    Raises BadInputError for words that are none, RefusedError when the last day has passed everywhere.
    """
    if withdraw(workspace, read_words(typed), today):
        return ("Taken back", "Their answers are deleted from the box on this device.")
    return (
        "Not in a box on this device",
        "If the words are right, the answers go when all boxes are opened together: the words are remembered.",
    )
