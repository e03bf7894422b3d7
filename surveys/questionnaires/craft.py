"""How well a questionnaire is made: findings that a person weighs, each with why and how to mend it. Pure."""

import re
from collections.abc import Iterator
from functools import cache
from importlib import resources
from math import ceil
from typing import Literal

from msgspec import Struct

from coprod.kernel.yamlfile import Steps, load_yaml_text
from surveys.questionnaires.minutes import minutes_needed
from surveys.questionnaires.placed import Placed, Role, Spot, worded_in
from surveys.questionnaires.questionnaire import is_asked
from surveys.questionnaires.questions import FreeText, Kind, Note, Number, kind_of
from surveys.questionnaires.sharing import USUAL_GROUP, Sharing, known_to_others, sharing_of

Severity = Literal["warn", "ask"]
SEVERITIES: tuple[Severity, ...] = ("warn", "ask")
MOST_MINUTES = 12
WITHOUT_NOTE = "identity"  # wide bands of age need no warning
_HIDDEN = "\u0000"


class CraftRule(Struct, frozen=True, forbid_unknown_fields=True):
    """One rule. `find` and `unless` are regular expressions; `on` says which wordings, `kinds` which pages."""

    id: str
    severity: Severity
    message: str
    instead: str
    source: str
    find: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()
    on: tuple[Role, ...] = ()
    kinds: tuple[Kind, ...] = ()
    must_match: tuple[str, ...] = ()
    must_not_match: tuple[str, ...] = ()


class CraftBook(Struct, frozen=True, forbid_unknown_fields=True):
    """Every rule, and what makes a question one about something that others may know."""

    format: Literal[1]
    known_to_others: tuple[str, ...]
    rules: tuple[CraftRule, ...]


class Finding(Struct, frozen=True, kw_only=True):
    """One thing to look at, with the same keys as a finding in a campaign material."""

    rule: str
    severity: Severity
    line: int
    column: int
    end_line: int
    end_column: int
    text: str
    message: str
    instead: str
    source: str

    @property
    def order(self) -> tuple[int, int, int, str]:
        """Give the key that sorts findings by place, then weight."""
        return (self.line, self.column, SEVERITIES.index(self.severity), self.rule)


@cache
def craft_book() -> CraftBook:
    """Give the rules that come with coprod."""
    text = resources.files("surveys.questionnaires").joinpath("craft.yaml").read_text("utf-8")
    return load_yaml_text(text, "craft.yaml", CraftBook).value


def finding(name: str, spot: Spot, **values: object) -> Finding:
    """Give a finding of the rule called `name` at a spot, `values` put into its words."""
    rule = next(rule for rule in craft_book().rules if rule.id == name)
    return Finding(
        rule=rule.id,
        severity=rule.severity,
        line=spot.line,
        column=spot.column,
        end_line=spot.end_line,
        end_column=spot.end_column,
        text=spot.text,
        message=_filled(rule.message, values),
        instead=_filled(rule.instead, values),
        source=rule.source,
    )


def craft_findings(placed: Placed, group: int = USUAL_GROUP) -> tuple[Finding, ...]:
    """Give what can be found without knowing where and when the questionnaire is used.

    `group` is how many people are expected to take part.
    """
    found = (
        *_worded_badly(placed),
        *_pointing(placed, group),
        *_ends(placed),
        *_unannounced(placed),
        *_leaping(placed),
        *_unexplained(placed),
        *_minutes(placed),
    )
    return tuple(sorted(found, key=lambda one: one.order))


def welsh_findings(placed: Placed, *, offered: bool) -> tuple[Finding, ...]:
    """Give what is missing in Welsh: gaps always, none or unread only where Welsh is `offered`."""
    worded = list(worded_in(placed.questionnaire))
    missing = [one for one in worded if one.wording.cy is None]
    top = Spot(1, 1, 1, 1)
    if len(missing) == len(worded):
        return (finding("no-welsh", top),) if offered else ()
    if not missing and offered and not placed.questionnaire.read_by.strip():
        return (finding("welsh-unread", top),)
    return tuple(finding("welsh-missing", placed.spot((*one.steps, "en"))) for one in missing)


def sharing_in(placed: Placed, group: int = USUAL_GROUP) -> Sharing:
    """Give how many of a group could share the answers to what others may know about them."""
    pages = placed.questionnaire.pages
    known = (pages[index] for index in known_to_others(placed.questionnaire, craft_book().known_to_others))
    return sharing_of([page for page in known if not isinstance(page, FreeText | Number)], group)


def matches(rule: CraftRule, text: str) -> Iterator[tuple[int, int]]:
    """Give where a rule's words stand in a text, what it passes over left out."""
    for pattern in rule.unless:
        text = re.sub(pattern, lambda found: _HIDDEN * len(found[0]), text, flags=re.IGNORECASE)
    for pattern in rule.find:
        for found in re.finditer(pattern, text, re.IGNORECASE):
            yield found.span()


def _filled(text: str, values: dict[str, object]) -> str:
    for name, value in values.items():
        text = text.replace(f"{{{name}}}", str(value))
    return text


def _worded_badly(placed: Placed) -> Iterator[Finding]:
    pages = placed.questionnaire.pages
    for one in worded_in(placed.questionnaire):
        page = pages[one.page] if one.page >= 0 else None
        for rule in craft_book().rules:
            kinds = not rule.kinds or (page is not None and kind_of(page) in rule.kinds)
            is_marked = rule.id == "sensitive-not-marked" and (
                page is None or not is_asked(page) or getattr(page, "sensitive", None) is not None
            )
            if one.role not in rule.on or not kinds or is_marked:
                continue
            for start, end in list(matches(rule, one.wording.en))[:1]:
                yield finding(rule.id, placed.stretch((*one.steps, "en"), one.wording.en, start, end))


def _pointing(placed: Placed, group: int) -> Iterator[Finding]:
    pages = placed.questionnaire.pages
    known = known_to_others(placed.questionnaire, craft_book().known_to_others)
    for index in known:
        if isinstance(pages[index], FreeText | Number):
            yield finding("exact-detail", placed.spot(_ask(index)))
    estimate = sharing_in(placed, group)
    if estimate.is_risky:
        last = [index for index in known if pages[index].id in estimate.questions][-1]
        names = ", ".join(f"`{name}`" for name in estimate.questions)
        yield finding(
            "points-at-one-person",
            placed.spot(_ask(last)),
            questions=f"{names} together" if len(estimate.questions) > 1 else names,
            answers=f"{estimate.answers:,}",
            group=group,
            sharing=f"{estimate.sharing:.1f}",
            alone=round(estimate.alone),
        )


def _ends(placed: Placed) -> Iterator[Finding]:
    pages = placed.questionnaire.pages
    asked = [index for index, page in enumerate(pages) if is_asked(page)]
    for rule, index in (("starts-sensitive", asked[0]), ("ends-sensitive", asked[-1])):
        if getattr(pages[index], "sensitive", None):
            yield finding(rule, placed.spot(_ask(index)))
    good = next(rule for rule in craft_book().rules if rule.id == "ends-on-nothing-good")
    if not list(matches(good, pages[asked[-1]].ask.en)):
        yield finding(good.id, placed.spot(_ask(asked[-1])))


def _unannounced(placed: Placed) -> Iterator[Finding]:
    """Give the sensitive questions that no note covers; one right behind a note without `covers` lacks only that."""
    pages = placed.questionnaire.pages
    covered = {name for page in pages if isinstance(page, Note) for name in page.covers}
    note: Note | None = None
    for index, page in enumerate(pages):
        if isinstance(page, Note):
            note = page
            continue
        sensitive = getattr(page, "sensitive", None)
        if sensitive is None or sensitive == WITHOUT_NOTE:
            note = note if sensitive else None
        elif page.id not in covered:
            rule = "no-skip" if note is not None and not note.covers else "no-content-note"
            yield finding(rule, placed.spot(_ask(index)), sensitive=sensitive, question=page.id)


def _leaping(placed: Placed) -> Iterator[Finding]:
    pages = placed.questionnaire.pages
    for index, page in enumerate(pages):
        if isinstance(page, Note) and page.covers:
            behind = {one.id for one in pages[index + 1 : index + 1 + len(page.covers)]}
            for number, name in enumerate(page.covers):
                if name not in behind:
                    spot = placed.spot(("pages", index, "covers", number))
                    yield finding("skip-leaps", spot, question=name)


def _unexplained(placed: Placed) -> Iterator[Finding]:
    for index, page in enumerate(placed.questionnaire.pages):
        if getattr(page, "sensitive", None) and not getattr(page, "sensitive_because", "").strip():
            yield finding("sensitive-without-why", placed.spot(_ask(index)))


def _minutes(placed: Placed) -> Iterator[Finding]:
    promised, spot = placed.questionnaire.minutes, placed.spot(("minutes",))
    needed = ceil(minutes_needed(placed.questionnaire.pages, "calm"))
    if promised > MOST_MINUTES:
        yield finding("too-long", spot, minutes=promised)
    if needed > promised:
        yield finding("slow-readers", spot, needed=needed, minutes=promised)


def _ask(index: int) -> Steps:
    return ("pages", index, "ask", "en")
