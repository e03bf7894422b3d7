"""Words that stand together and codes that stand together, drawn as pictures that say in words what they show."""

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from analysis.codes.cooccurrence import STEPS, Cooccurrence, cooccurrence
from analysis.codes.judgements import counted_answers
from analysis.words.word_network import WORDS, NearWords, near_words
from campaigns.render import draw
from coprod.journeys.understanding.codings import CodingWork, codebook_now, together
from coprod.kernel.document import Block, Document, Heading, Network, Node, Paragraph, Table, Tie, plain
from coprod.kernel.files import write_whole
from coprod.kernel.problem import BadInputError
from coprod.kernel.text import clean_line
from coprod.workspace import Workspace

if TYPE_CHECKING:
    from analysis.inputs.responses import Responses
    from analysis.publishing.redaction import Decided

LIMITS = (
    "Each point is a word that at least 5 answers hold; a line joins words that stand within five words of each other in "
    "at least 5 answers, more often than chance. It shows which words keep company, not what anybody meant: read the answers."
)
PAIR_LIMITS = "How often one answer has both codes, of those that have either. Pairs that would point at a few answers are left out."


def word_network(
    responses: "Responses", column: str, most: int = WORDS, decided: "Mapping[str, Decided] | None" = None
) -> NearWords:
    """Give the network of a question's words. Raises as `near_words` does."""
    return near_words(responses.texts(column), most, decided)


def codes_together(work: CodingWork, coder: str) -> Cooccurrence:
    """Give which of a coder's codes stand together.

    Raises BadInputError for a coder who coded nothing, and RefusedError when not all answers, or not all of a random
    draw, were read, or they are fewer than 60.
    """
    judgements = together(work)
    found = next((one for one in judgements.coders if one.name == coder), None)
    if found is None:
        raise BadInputError.of(clean_line(coder), "this coder has coded nothing here", "name one who has")
    names = {code.id: code.name for code in codebook_now(work).codes if code.kind == "code"}
    return cooccurrence(found, counted_answers(judgements, found, frozenset(work.texts)), names)


def network_block(near: NearWords) -> Network:
    """Give the picture of a network of words, with its groups in words."""
    nodes = tuple(
        Node(word, across, down, size, group)
        for word, (across, down), size, group in zip(
            near.words, near.places, near.sizes, near.groups, strict=True
        )
    )
    groups = "; ".join(", ".join(words) for words in groups_of(near))
    alt = f"Words that keep company, group by group: {groups}. The strongest ties: {_strongest(near)}."
    return Network("Words that stand near each other", nodes, tuple(Tie(*tie) for tie in near.ties), alt)


def groups_of(near: NearWords) -> tuple[tuple[str, ...], ...]:
    """Give the words of each group, the largest group first."""
    held: dict[int, list[str]] = {}
    for word, group in zip(near.words, near.groups, strict=True):
        held.setdefault(group, []).append(word)
    return tuple(tuple(held[group]) for group in sorted(held))


def write_network(
    workspace: Workspace, name: str, column: str, near: NearWords, *, simulated: bool
) -> tuple[Path, Path]:
    """Write `out/NAME-words.html` and `.pdf`."""
    title = f"Words that stand together: {clean_line(column)}"
    blocks: tuple[Block, ...] = (
        Heading(1, plain(title)),
        Paragraph(plain(LIMITS), "lead"),
        network_block(near),
        Table("The strongest ties", ("Word", "Stands near"), _rows(near)),
    )
    mark = "simulated" if simulated or workspace.settings.simulated else ""
    return write_document(workspace, f"{name}-words", Document(title, "en", blocks, mark, LIMITS))


def write_document(workspace: Workspace, name: str, document: Document) -> tuple[Path, Path]:
    """Write a document into `out/` as page and PDF, and give both."""
    page, pdf = workspace.out / f"{name}.html", workspace.out / f"{name}.pdf"
    drawn = draw(document, "report-page"), draw(document, "report-pdf")
    for path, content in zip((page, pdf), drawn, strict=True):
        write_whole(path, content)
    return page, pdf


def pairs_block(found: Cooccurrence) -> Network:
    """Give the picture of codes that stand together, on a circle of their own."""
    import numpy as np

    from analysis.themes.placing import placed

    names = sorted({name for pair in found.pairs for name in (pair.first, pair.second)})
    strength = {words: least for least, words in STEPS}
    matrix = np.zeros((len(names), len(names)))
    for pair in found.pairs:
        first, second = names.index(pair.first), names.index(pair.second)
        matrix[first, second] = matrix[second, first] = strength[pair.how]
    nodes = tuple(
        Node(name, float(x), float(y), 0.4) for name, (x, y) in zip(names, placed(matrix), strict=True)
    )
    ties = tuple(
        Tie(names.index(one.first), names.index(one.second), strength[one.how]) for one in found.pairs
    )
    said = "; ".join(f"{one.first} and {one.second}: {one.how}" for one in found.pairs)
    return Network("Codes that stand on the same answers", nodes, ties, f"{said}.")


def write_pairs(workspace: Workspace, work: CodingWork, found: Cooccurrence) -> tuple[Path, Path]:
    """Write `out/NAME-codes-together.html` and `.pdf`."""
    title = f"Codes that stand together: {clean_line(work.question)}"
    rows = tuple((one.first, one.second, one.how) for one in found.pairs)
    picture = (pairs_block(found),) if found.pairs else ()
    blocks: tuple[Block, ...] = (
        Heading(1, plain(title)),
        Paragraph(plain(PAIR_LIMITS), "lead"),
        *picture,
        Table("", ("Code", "And", "How often"), rows),
    )
    mark = "simulated" if workspace.settings.simulated else ""
    return write_document(
        workspace, f"{work.stem}-codes-together", Document(title, "en", blocks, mark, PAIR_LIMITS)
    )


def _rows(near: NearWords) -> tuple[tuple[str, str], ...]:
    beside: dict[str, list[str]] = {}
    for first, second, _ in near.ties:
        beside.setdefault(near.words[first], []).append(near.words[second])
        beside.setdefault(near.words[second], []).append(near.words[first])
    return tuple((word, ", ".join(beside[word])) for word in near.words)


def _strongest(near: NearWords) -> str:
    return "; ".join(f"{near.words[first]} and {near.words[second]}" for first, second, _ in near.ties[:5])
