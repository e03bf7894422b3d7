"""What a pick from a list, or a move within one, means on the page it was made on."""

from coprod.journeys.asking.visit import Move, Pick
from surveys.interviews.events import Change, Choose, ChooseEnd, Event, Rank
from surveys.interviews.pages import Page


def event_for(shown: Page, act: Pick | Move) -> Event:
    """Give the event of the interview that a pick or a move stands for."""
    if shown.kind == "look-back":
        return Change(act.choice)
    if shown.kind == "best-worst":
        return _end_for(shown, act.choice)
    if shown.kind != "ranking":
        return Choose(act.choice)
    ranked = sorted((choice for choice in shown.choices if choice.rank), key=lambda choice: choice.rank)
    return Rank(_reordered(tuple(choice.id for choice in ranked), act))


def _end_for(shown: Page, choice: str) -> ChooseEnd:
    """Give what a pick means: the first is most, the second least, and picking one again takes it out."""
    ends = {one.end: one.id for one in shown.choices if one.end is not None}
    taken = next((end for end, name in ends.items() if name == choice), None)
    if taken is not None:
        return ChooseEnd(taken, "")
    return ChooseEnd("least" if "most" in ends else "most", choice)


def _reordered(order: tuple[str, ...], act: Pick | Move) -> tuple[str, ...]:
    """Give the order after a choice was put last, taken out, or moved."""
    rest = tuple(choice for choice in order if choice != act.choice)
    if isinstance(act, Pick):
        return rest if act.choice in order else (*order, act.choice)
    at = order.index(act.choice) if act.choice in order else len(order)
    to = max(0, min(len(rest), at + act.by))
    return (*rest[:to], act.choice, *rest[to:])
