"""A file's columns and a questionnaire's questions brought together, by id, wording or choice; what is left is told."""

import re
from collections.abc import Mapping, Sequence

from analysis.inputs.columns import AskedQuestion, AskedQuestionnaire
from coprod.kernel.text import clean_line

LEAST_QUESTIONS = 2
LEAST_SHARE = 0.5
SEPARATORS = (";", ", ", ",", "|", "\n", " ")
NOT_A_CHOICE = "Something that is none of the choices"


def questions_of(
    names: Sequence[str], wordings: Mapping[str, str], asked: AskedQuestionnaire
) -> dict[str, tuple[AskedQuestion, str]]:
    """Give for each column the question it answers and how it was found; a question has at most one column.

    An id counts before a wording, and both before the last part of `group/id` or `group-id`. A questionnaire that
    nobody named must explain at least two columns and half of them; otherwise nothing is found.
    """
    found: dict[str, tuple[AskedQuestion, str]] = {}
    taken: set[str] = set()
    for how in ("its id", "its wording", "its id after its group's"):
        for name in names:
            question = None if name in found else _question(name, wordings.get(name, ""), asked, how)
            if question is not None and question.info.id not in taken:
                found[name] = (question, how)
                taken.add(question.info.id)
    enough = asked.certain or len(found) >= max(LEAST_QUESTIONS, LEAST_SHARE * len(names))
    return found if enough else {}


def labels_of(question: AskedQuestion) -> dict[str, str]:
    """Give each way a choice may stand in a file (its id, its place in SPSS style, a label in any language), folded."""
    known: dict[str, str] = {}
    for choice in question.info.choices:
        label = clean_line(choice.label)
        for way in (choice.id, choice.label, *question.labels.get(choice.id, ())):
            known.setdefault(folded(way), label)
    return known


def folded(text: str) -> str:
    """Give words for comparing: small, with one blank between, signs and underscores passed over."""
    return " ".join(re.sub(r"[^\w&+]+|_", " ", clean_line(text).casefold()).split())


def picked_in(cell: str, labels: Mapping[str, str]) -> list[str]:
    """Give the choices in one cell, whatever stands between them; what is none of the choices stands for itself once.

    A whole label counts before its parts, so that "Friends, or someone I know" is one choice.
    """
    if folded(cell) in labels:
        return [labels[folded(cell)]]
    for separator in SEPARATORS:
        parts = [part for part in cell.split(separator) if part.strip()]
        picked = _joined(parts, separator, labels)
        if picked is not None:
            return picked
    parts = [part for part in re.split(r"[;,|\n]", cell) if part.strip()]
    return list(dict.fromkeys(labels.get(folded(part), NOT_A_CHOICE) for part in parts))


def _joined(parts: Sequence[str], separator: str, labels: Mapping[str, str]) -> list[str] | None:
    """Give the choices that parts make, neighbours put together where only together they are one; None if any is none."""
    picked: list[str] = []
    at = 0
    while at < len(parts):
        ends = range(len(parts), at, -1)
        end = next((end for end in ends if folded(separator.join(parts[at:end])) in labels), None)
        if end is None:
            return None
        picked.append(labels[folded(separator.join(parts[at:end]))])
        at = end
    return list(dict.fromkeys(picked)) if picked else None


def _question(name: str, wording: str, asked: AskedQuestionnaire, how: str) -> AskedQuestion | None:
    match how:
        case "its id":
            wanted = {folded(name)}
            return next((one for one in asked.questions if folded(one.info.id) in wanted), None)
        case "its wording":
            wanted = {folded(name), folded(wording)} - {""}
            return next((one for one in asked.questions if wanted & set(map(folded, one.wordings))), None)
        case _:
            ends = {folded(part) for part in (name.rsplit("/", 1)[-1], name.rsplit(".", 1)[-1])}
            known = {folded(one.info.id): one for one in asked.questions}
            fits = [known[end] for end in ends if end in known]
            fits += [
                one for end, one in known.items() if name.casefold().endswith(f"-{end}") and "-" not in end
            ]
            return fits[0] if fits else None
