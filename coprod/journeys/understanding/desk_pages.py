"""What the desk shows as a page to read: words, networks, codes together, change, how well redaction finds, involvement."""

from collections.abc import Iterable
from typing import Literal

from msgspec import Struct

from coprod.journeys.understanding.at_the_desk import Desk, responses_on, work_on
from coprod.workspace import Workspace

Line = tuple[Literal["heading", "body", "quiet", "notice"], str]

FEWEST_WITH_A_WORD = 5
MOST_WORDS = 60
PLANTED = 200
NOT_AUDITED = "Sizes are rounded; they are not audited against earlier releases."
COMPARED = "Both tables went into the ledger of releases."


def words_page(desk: Desk) -> tuple[Line, ...]:
    """Give the words that most answers hold, in rounded numbers; those of fewer than five answers are left out."""
    from analysis.inputs.texts import says_something
    from analysis.publishing.disclosure import people_words
    from analysis.words.words import count_words

    texts = responses_on(desk).texts(desk.question)
    counted = count_words(texts.filter(says_something(texts)))
    common = counted.filter(counted["answers"] >= FEWEST_WITH_A_WORD).head(MOST_WORDS)
    lines = [_line(f"{word}: {people_words(answers)}") for word, answers in common.select("word", "answers").iter_rows()]  # fmt: skip
    return ("quiet", f"By the number of answers they stand in. {NOT_AUDITED}"), *(
        lines or [_line("No word stands in five answers or more: read them.")]
    )


def network_page(desk: Desk) -> tuple[Line, ...]:
    """Write the picture of words that keep company into `out/`, and give its groups. Raises as `near_words` does."""
    from coprod.journeys.understanding.networks import LIMITS, groups_of, word_network, write_network

    held, work = responses_on(desk), work_on(desk)
    near = word_network(held, desk.question, decided=work.decided)
    files = write_network(desk.workspace, desk.source.stem, desk.question, near, simulated=held.simulated)
    groups = (_line(", ".join(words)) for words in groups_of(near))
    return ("quiet", LIMITS), ("body", ""), *groups, ("body", ""), *_written(files)


def pairs_page(desk: Desk, coder: str) -> tuple[Line, ...]:
    """Write which of a coder's codes stand together into `out/`, and give the pairs. Raises as `codes_together` does."""
    from coprod.journeys.understanding.networks import PAIR_LIMITS, codes_together, write_pairs

    work = work_on(desk)
    found = codes_together(work, coder)
    files = write_pairs(desk.workspace, work, found)
    pairs = [_line(f"{one.first} and {one.second}: {one.how}") for one in found.pairs]
    none = [_line("No pair that may be told.")]
    return ("quiet", PAIR_LIMITS), ("body", ""), *(pairs or none), ("body", ""), *_written(files)


class ChangeAsked(Struct, frozen=True):
    """Whose codes, or themes, are compared; why they are not sensitive; how it is known that other people answered, on two names."""

    coder: str
    of_themes: bool = False
    not_sensitive: str = ""
    other_people: str = ""
    names: tuple[str, ...] = ()


def may_compare(desk: Desk, earlier: Desk, coder: str, *, of_themes: bool) -> bool:
    """Give true where codes, or themes, of both can be counted. Raises as `compare` does before it asks the ledger."""
    from coprod.journeys.understanding.comparing import Compared, count_both

    wanted = Compared(coder, "themes" if of_themes else "codes")
    return bool(count_both(work_on(earlier), work_on(desk), wanted, desk.workspace))


def change_since(desk: Desk, earlier: Desk, asked: ChangeAsked) -> tuple[Line, ...]:
    """Release a table of each, and give how every code or theme changed. Raises as `compare` does."""
    from analysis.publishing.ledger import Reissue
    from coprod.journeys.understanding.changes import LIMITS
    from coprod.journeys.understanding.comparing import Compared, compare

    reissue = Reissue(asked.other_people, asked.names, other_people=True) if asked.other_people else None
    wanted = Compared(asked.coder, "themes" if asked.of_themes else "codes", asked.not_sensitive, reissue)
    changes, audits = compare(work_on(earlier), work_on(desk), wanted, desk.workspace)
    told = (_line(f"{one.code}: {one.direction}   {one.before} → {one.after}") for one in changes)
    audited: list[Line] = [("quiet", f"Ledger: {one}.") for one in audits]
    return ("quiet", LIMITS), ("body", ""), *told, ("body", ""), ("quiet", COMPARED), *audited


def recall_page(desk: Desk) -> tuple[Line, ...]:
    """Give how many of made-up identifiers hidden in a copy of these answers redaction finds, kind by kind."""
    from analysis.publishing.planting import LIMITS, measure
    from coprod.journeys.understanding.redactions import readable_texts

    texts = readable_texts(responses_on(desk), desk.question, desk.workspace)
    found = measure([text or "" for text in texts], PLANTED)
    told = (
        _line(
            f"{one.kind}: {one.found} of {one.planted}; in small letters {one.found_small} of {one.planted_small}"
        )
        for one in found
    )
    return ("quiet", LIMITS), ("body", ""), *told


def involvement_page(workspace: Workspace) -> tuple[Line, ...]:
    """Give what the team wrote down of how young people were involved; what is missing is named."""
    from coprod.journeys.understanding.involvement import involvement_of

    held = involvement_of(workspace)
    known = [_line(f"{one.group} ({one.source})") for one in held.known_locally]
    lines: list[Line] = [("heading", "Aim"), _line(held.aim or "not written yet")]
    lines += [("heading", "Who uses services here"), *(known or [_line("not written yet")])]
    for heading, said in (
        ("Done together", held.done_together),
        ("What changed", held.changed),
        ("Looking back", held.reflections),
    ):
        lines += [("heading", heading), *(_line(one) for one in said or ("not written yet",))]
    return (*lines, ("quiet", "Change it in analysis/involvement.yaml; reports print it."))


def _line(text: str) -> Line:
    return "body", text


def _written(files: Iterable[object]) -> tuple[Line, ...]:
    return tuple(("quiet", f"Written: out/{getattr(one, 'name', one)}") for one in files)
