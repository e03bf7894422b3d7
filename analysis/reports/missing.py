"""Who is missing: the first page of every report, which nobody can take out."""

from collections.abc import Iterator, Sequence

from analysis.reports.answered import number_in
from analysis.reports.parts import Attended, KnownWords
from coprod.kernel.document import Block, Heading, Paragraph, Table, plain

NOT_TYPED = "not written down"
NOBODY_TYPED = "Nobody wrote down who was invited and who came, so this report cannot say who is missing."
NO_LEFT_OUT = "Nobody wrote down who was left out. That is not the same as nobody being left out."
NOTHING_KNOWN = (
    "Nobody wrote down what is known locally about young people who use these services, so nobody can tell from this "
    "report whom it misses. Ask for it before you decide anything."
)
NOT_FOR_ALL = (
    "What follows is what those who answered chose to say. It does not speak for young people who were not asked, "
    "could not come, or did not feel safe to answer. A low number does not mean that something does not happen here."
)
LEAST_FOR_SHARE = 20
SHARES = (
    (0.95, "nearly everybody"),
    (0.7, "most"),
    (0.55, "more than half"),
    (0.45, "about half"),
    (0.0, "fewer than half"),
)


def missing_blocks(
    answered: str, sessions: Sequence[Attended], known: Sequence[KnownWords]
) -> Iterator[Block]:
    """Give who was reached against who was invited and what is known locally, all in words or rounded numbers."""
    yield Heading(2, plain("Who is missing"))
    yield Paragraph(plain(f"Young people whose answers are in this report: {answered}. {_came(sessions)}"))
    if any(one.invited != NOT_TYPED or one.left_out for one in sessions):
        rows = tuple((one.session, one.invited, one.attended, _left_out(one)) for one in sessions)
        header = ("Session", "Invited", "Came", "Left out, and why")
        yield Table("As the facilitator wrote it down", header, rows)
        if not any(one.left_out for one in sessions):
            yield Paragraph(plain(NO_LEFT_OUT))
    yield from _known(known)
    yield Paragraph(plain(NOT_FOR_ALL))


def _came(sessions: Sequence[Attended]) -> str:
    """Give the share that came, in words, from the numbers that are printed and nothing else."""
    if all(one.invited == NOT_TYPED for one in sessions):
        return NOBODY_TYPED
    invited = [number_in(one.invited) for one in sessions]
    came = [number_in(one.attended) for one in sessions]
    if None in invited or None in came:
        return "Too few were invited to one of the sessions to say here which share of them came."
    asked, reached = sum(map(int, filter(None, invited))), sum(map(int, filter(None, came)))
    if asked < LEAST_FOR_SHARE:
        return ""
    words = next(words for least, words in SHARES if reached / asked >= least)
    return f"Of those who were invited, {words} came."


def _left_out(session: Attended) -> str:
    return "; ".join(session.left_out) or "not written down"


def _known(known: Sequence[KnownWords]) -> Iterator[Block]:
    if not known:
        yield Paragraph(plain(NOTHING_KNOWN))
        return
    rows = tuple((one.group, one.known, one.reached, one.source) for one in known)
    header = ("Young people", "Number", "Reached", "Source")
    yield Table("What is known locally, as the team wrote it down", header, rows)
