"""What a person types for one decision, and the draft with it."""

from datetime import date, timedelta

import msgspec
from msgspec.structs import replace

from campaigns.releasing.signoff import PRACTICE, CommentAnswer, HarmAnswer, answers_hash
from coprod.journeys.checking.draft import (
    Draft,
    DraftAnswer,
    DraftCheck,
    DraftHarm,
    DraftMix,
    DraftOverride,
    DraftPractice,
    DraftShown,
    DraftWaiver,
)
from coprod.journeys.checking.releases import DECISIONS_FILE
from coprod.kernel.problem import BadInputError
from coprod.kernel.shapes import from_plain
from coprod.kernel.text import clean_line

OUTCOMES = ("done", "partly", "not")
YES_NO = ("yes", "no")
LEAST_REASON = 20
WAIVED_FOR = timedelta(days=180)

# What is typed for each kind of decision, in order; the last of `practice` and of `waiver` may be left out.
TYPED: dict[str, tuple[str, ...]] = {
    "approver": ("name",),
    "safeguarding": ("name",),
    "facts": ("name",),
    "practice": ("paid, worker, rest, support: yes or no for each", "who was there", "why not, where not"),
    "mix": ("yes or no",),
    "harm": ("what you did about it", "who answers for that"),
    "comment": ("done, partly or not", "why, in plain words"),
    "shown": ("who showed it to the panel",),
    "waiver": (
        "why it stays",
        "first person, role",
        "second person, role, where the rule asks for two",
    ),
    "override": ("why every open warning is passed over", "first person, role", "second person, role"),
}
NAMED = frozenset({"approver", "safeguarding", "facts", "shown"})
OPTIONAL = {"practice": 1, "waiver": 1}


def typed_before(draft: Draft, what: str) -> tuple[str, ...]:
    """Give what is written for one decision, to begin from."""
    kind, _, key = what.partition(" ")
    names = {
        "approver": draft.approver,
        "safeguarding": draft.safeguarding.name,
        "facts": draft.facts.name,
        "shown": draft.shown.by if draft.shown else "",
    }
    if kind in names:
        return (names[kind],)
    match kind:
        case "harm":
            return (draft.harm.reason, draft.harm.by) if draft.harm else ("", "")
        case "practice":
            one = draft.practice or DraftPractice()
            return (f"{one.paid} {one.worker} {one.rest} {one.support}".strip(), one.by, one.remark)
        case "mix":
            return (next((one.met for one in draft.mix if one.who == key), ""),)
        case "comment":
            answer = next((one for one in draft.comments if one.comment == key), DraftAnswer(key))
            return (answer.outcome, answer.reason)
        case _:
            waiver = next((one for one in draft.waivers if one.finding == key), DraftWaiver(key))
            return (waiver.reason, *(*waiver.by, "", "")[:2])


def decided_words(draft: Draft, what: str) -> str:
    """Give in a few words what was decided, and by whom; empty while it is not."""
    kind = what.partition(" ")[0]
    typed = typed_before(draft, what)
    match kind:
        case "harm" | "practice":
            return clean_line(typed[1])
        case "waiver" if draft.override is not None and not typed[0]:
            return f"passed over by {clean_line(' and '.join(draft.override.by))}"
        case "waiver":
            return f"stays, by {clean_line(' and '.join(filter(None, typed[1:])))}" if typed[0] else ""
        case _:
            return clean_line(typed[0])


def enough_typed(what: str, typed: tuple[str, ...]) -> tuple[str, ...]:
    """Give what was typed, trimmed; what may be left out is empty. Raises BadInputError for too little or too much."""
    kind = what.partition(" ")[0]
    wanted = TYPED[kind]
    given = tuple(one.strip() for one in typed)
    if not len(wanted) - OPTIONAL.get(kind, 0) <= len(given) <= len(wanted):
        raise BadInputError.of(
            what, "this is too little, or too much, to decide it", f"type: {'; '.join(wanted)}"
        )
    return (*given, *("" for _ in wanted[len(given) :]))


def with_decision(draft: Draft, what: str, typed: tuple[str, ...], today: date) -> Draft:
    """Give a draft with one decision more. Raises BadInputError for what cannot stand, in words to act on."""
    kind, _, key = what.partition(" ")
    if kind in NAMED:
        return _by_name(draft, kind, _name(typed[0]), today)
    match kind:
        case "practice":
            return replace(draft, practice=_practice(typed, today))
        case "mix":
            others = tuple(one for one in draft.mix if one.who != key)
            return replace(draft, mix=(*others, DraftMix(key, _one_of(typed[0], YES_NO))))
        case "harm":
            return replace(draft, harm=DraftHarm(_reason(typed[0]), _name(typed[1])))
        case "comment":
            answer = DraftAnswer(key, _one_of(typed[0], OUTCOMES), _reason(typed[1]))
            return replace(draft, comments=(*(one for one in draft.comments if one.comment != key), answer))
        case "override":
            return replace(
                draft, override=DraftOverride(_reason(typed[0]), (_name(typed[1]), _name(typed[2])))
            )
        case _:
            by = (_name(typed[1]), *((_name(typed[2]),) if typed[2] else ()))
            waiver = DraftWaiver(key, _reason(typed[0]), today + WAIVED_FOR, by)
            return replace(draft, waivers=(*(one for one in draft.waivers if one.finding != key), waiver))


def _by_name(draft: Draft, kind: str, name: str, today: date) -> Draft:
    match kind:
        case "approver":
            return replace(draft, approver=name)
        case "safeguarding":
            return replace(draft, safeguarding=DraftCheck(name, today))
        case "facts":
            return replace(draft, facts=DraftCheck(name, today))
        case _:
            answers = answers_hash(answers_of(draft), harm_of(draft))
            return replace(draft, shown=DraftShown(answers, name, today))


def _practice(typed: tuple[str, ...], today: date) -> DraftPractice:
    answers = tuple(_one_of(word, YES_NO) for word in typed[0].replace(",", " ").split())
    if len(answers) != len(PRACTICE):
        mend = "type yes or no four times: paid, a worker in the room, a break, support after"
        raise BadInputError.of("practice", f"these are {len(answers)} answers and not four", mend)
    remark = _reason(typed[2]) if "no" in answers else clean_line(typed[2])
    given = dict(zip(PRACTICE, answers, strict=True))
    return DraftPractice(**given, by=_name(typed[1]), on=today, remark=remark)


def _one_of(typed: str, known: tuple[str, ...]) -> str:
    if typed.lower() not in known:
        mend = f"type {', '.join(known[:-1])} or {known[-1]}"
        raise BadInputError.of("decision", f"`{clean_line(typed)}` is not among the answers", mend)
    return typed.lower()


def _reason(typed: str) -> str:
    if len(typed) < LEAST_REASON:
        what = f"the reason has fewer than {LEAST_REASON} letters"
        raise BadInputError.of("reason", what, "write it so that the panel can follow it")
    return clean_line(typed)


def _name(typed: str) -> str:
    if len(typed) < 3:
        raise BadInputError.of("name", "a whole name is missing", "type who it is")
    return clean_line(typed)


def answers_of(draft: Draft) -> tuple[CommentAnswer, ...]:
    """Give the answers that are complete. Raises BadInputError for an outcome or a reason that cannot stand."""
    whole = [msgspec.to_builtins(one) for one in draft.comments if one.outcome and one.reason]
    try:
        return from_plain(whole, tuple[CommentAnswer, ...])
    except msgspec.ValidationError:
        mend = "write done, partly or not, and a reason of 20 letters or more"
        raise BadInputError.of(DECISIONS_FILE, "an answer to a comment cannot stand", mend) from None


def harm_of(draft: Draft) -> HarmAnswer | None:
    """Give the answer to harm that somebody raised, once it is complete."""
    harm = draft.harm
    return HarmAnswer(harm.reason, harm.by) if harm and harm.reason and harm.by else None


def mix_id(who: str) -> str:
    """Give the id by which a goal of the mix is decided."""
    return f"mix {who}"
