"""What can be wrong with one kind of page, or with the wordings of one age band, that its shape cannot say."""

from collections.abc import Iterator
from itertools import pairwise

from coprod.kernel.problem import Problem
from coprod.kernel.yamlfile import nearest
from coprod.kernel.yamlnodes import Scalar
from surveys.interviews.composed import words_of
from surveys.questionnaires.sketch import FileSketch, PageSketch, groups_under, scalar_in, scalars_under

# The fewest and the most choices of a kind: more cards do not fit side by side, more pairs tire.
CHOICES = {"cards": (2, 4), "best-worst": (3, 8), "paired": (2, 5)}
MOST_WORDS = 60
HELP_CARD = "help-card"


def mistakes_of_kinds(file: FileSketch) -> Iterator[Problem]:
    """Give every mistake that one kind of page can have, each at its place."""
    for page in file.pages:
        yield from _how_many(file, page)
        yield from _passage(file, page)
        yield from _by_age(file, page)
    yield from _help_cards(file)


def _how_many(file: FileSketch, page: PageSketch) -> Iterator[Problem]:
    fewest, most = CHOICES.get(page.kind, (0, 1000))
    count = len(page.choices)
    if 2 <= count < fewest or count > most:
        what = f"a page of the kind `{page.kind}` cannot have {count} choices"
        yield file.problem(page.node.place, what, f"give it {fewest} to {most}")


def _passage(file: FileSketch, page: PageSketch) -> Iterator[Problem]:
    passage = page.scalar("passage")
    if page.kind != "highlighter" or passage is None:
        return
    count = len(words_of(passage.text))
    if count == 0 and passage.text:
        yield file.problem(passage.place, "this passage has no words", "write the words to be marked")
    if count > MOST_WORDS:
        mend = f"give it at most {MOST_WORDS}, and ask about the rest on another page"
        yield file.problem(passage.place, f"this passage has {count} words", mend)


def _by_age(file: FileSketch, page: PageSketch) -> Iterator[Problem]:
    known = {band.text for band in scalars_under(file.tree, "ages")}
    variants = groups_under(page.node, "by_age")
    bands = [band for band in (scalar_in(one, "ages") for one in variants) if band is not None]
    for variant in variants:
        if not {key.text for key, _ in variant.entries} & {"ask", "help"}:
            yield file.problem(
                variant.place, "this age band has no wording of its own", "write `ask` or `help`"
            )
    for band in bands:
        if band.text not in known:
            what = f"the questionnaire has no age band `{band.text[:20]}`"
            yield file.problem(band.place, what, nearest(band.text, known or {""}))
        elif len(known) == 1:
            mend = "write its words as `ask` and `help`"
            yield file.problem(band.place, "everybody is in this one age band", mend)
    for before, band in pairwise(sorted(bands, key=_text)):
        if before.text == band.text:
            yield file.problem(band.place, f"the age band `{band.text[:20]}` comes twice here", "keep one")


def _text(scalar: Scalar) -> str:
    return scalar.text


def _help_cards(file: FileSketch) -> Iterator[Problem]:
    cards = [page for page in file.pages if page.kind == HELP_CARD]
    covered = {name.text: name for page in file.pages for name in scalars_under(page.node, "covers")}
    for card in cards:
        if (test := card.scalar("relevant")) is not None and test.text:
            mend = "leave `relevant` out: seeing the card must tell nothing"
            yield file.problem(test.place, "the help card is for everybody", mend)
        if card.id in covered:
            mend = "leave it out here, so that nobody passes over it"
            yield file.problem(covered[card.id].place, "the help card is for everybody", mend)
    for card in cards[1:]:
        yield file.problem(card.node.place, "this is a second help card", "keep the one at the best place")
    for page in file.pages:
        name = page.scalar("id")
        if name is not None and page.id == HELP_CARD and page.kind != HELP_CARD:
            mend = "give this page another id"
            yield file.problem(name.place, f"`{HELP_CARD}` is the id of coprod's own help card", mend)
