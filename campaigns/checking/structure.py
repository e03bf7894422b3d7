"""What a material must have: each requirement a rule with an id, a severity and a reason."""

import re
from collections.abc import Callable, Iterator

from msgspec import Struct

from campaigns.checking.claiming import claim_findings
from campaigns.checking.evidence import words_of
from campaigns.checking.expressions import Expression
from campaigns.checking.findings import WHOLE_TEXT, Finding, Saying, Spot, finding_at
from campaigns.checking.framing import framing_findings
from campaigns.checking.helping import has_help_contact, help_findings, missing_help, routes_to_help
from campaigns.checking.readability import BANDS, Readability
from campaigns.checking.reading import Reading, fold
from campaigns.checking.rules import Severity
from campaigns.checking.situation import Situation
from campaigns.checking.statute import definition_findings
from campaigns.materials.material import FrontMatter

_NOT_YOUR_FAULT = Expression(
    r"\b(?:not|never|isn't|n't) (?:ever )?down to you|(?:did|does|doing|do|are|is|were|was) (?:the one )?(?:in the )?wrong\b|n't in (?:any )?trouble|not going to (?:be|get) in(?:to)? trouble|not your choice|counts too"
    r"|\b(?:not|never|isn't|wasn't|nobody's|no-one's) (?:[a-z]+ ){0,2}(?:fault|to blame)|not to blame|(?:not|never|won't) judge|theirs, not yours|fault\. (?:it|that) (?:isn't|is not|wasn't|was not)|nothing (?:you|they|a child) (?:did|do|does)"
    r"|(?:did|done|do|doing) (?:nothing|anything) wrong|not in (?:any )?trouble|only person (?:responsible|to blame)"
    r"|(?:who (?:does|did|do|harms?|abuses?) (?:this|it|you)?|abuser|(?:person|people|adults?|someone) who [a-z ]{3,50}|they|he) (?:is|are) (?:always )?(?:the one )?(?:to blame|responsible|in the wrong)|no-one deserves|nobody deserves|no one deserves|no one asks|blame lies"
)
_STRENGTHS = Expression(
    r"\b(?:strong|strength\w*|brave|courage|recover\w*|get better|gets better|feel better|feel safe|hope|hopeful|deserve|you matter|right to|rights|things can|can and do|support (?:works|helps)|proud|resilien\w+|well again)\b"
)
_ACTION = Expression(
    r"(?:^|[.!?:] |\n)(?:you can|you could|talk|call|text|ring|visit|tell|ask|contact|read|keep|save|find|speak|choose|listen|make|go|share|use|email|join|write|look|take|say|chat|come|drop|stay|believe|refer|book|try|check|notice|let)\b|\byou can (?:talk|call|text|ring|visit|tell|ask|contact|speak|choose|chat|get|go|find|always)"
)
_OTHER_SCRIPT = Expression("[\u0370-\u03ff\u0400-\u04ff]")
_EDITORIAL = "NHS and GOV.UK content style; CDC Clear Communication Index"
_BRIEFING = "Sharp-Jeffs, Coy and Kelly, Key messages from research on CSE (2017)"
# In a material that is all Welsh nothing is said about these: a Welsh reader looks for them.
_READS_ENGLISH = frozenset({"message-first", "has-action", "not-your-fault", "has-strengths"})
_FEWEST_WORDS = 20
_LEEWAY = 1.0


class Requirement(Struct, frozen=True):
    """One thing a material should have. `severity` is for materials; plain text is only ever warned."""

    saying: Saying
    is_missing: Callable[[Reading, Situation], bool]


def structural_findings(
    reading: Reading, situation: Situation, readability: Readability
) -> Iterator[Finding]:
    """Give what is missing from a material or wrong in its structure.

    Plain text, which declares nothing, gets at most one finding about all that is missing.
    """
    yield from hidden_findings(reading)
    yield from help_findings(reading, situation)
    yield from definition_findings(reading, situation)
    yield from claim_findings(reading, situation.releases)
    yield from framing_findings(reading, situation, readability.words)
    front = reading.material.front
    if front is not None:
        yield from _material_findings(reading, situation, front)
    elif readability.words >= _FEWEST_WORDS:
        yield from _plain_findings(reading, situation)
    yield from _reading_band(reading, situation, readability)


def _say(rule: str, severity: Severity, message: str, instead: str, source: str = _EDITORIAL) -> Saying:
    return Saying(rule, severity, message, instead, source, "structure")


def _material_findings(reading: Reading, situation: Situation, front: FrontMatter) -> Iterator[Finding]:
    for requirement in REQUIREMENTS:
        if requirement.saying.rule in _READS_ENGLISH and not reading.body:
            continue
        if requirement.is_missing(reading, situation):
            yield finding_at(reading, WHOLE_TEXT, requirement.saying)
    if situation.audience in {"young-people", "families"} and not has_help_contact(reading, situation):
        yield missing_help(reading, "block")
    if front.review_by is not None and front.review_by < situation.today:
        place = reading.material.front_place("review_by")
        shown = front.review_by.isoformat()
        yield Finding(
            "review-by",
            "warn",
            place.line,
            place.column,
            place.line,
            place.column + len(shown),
            shown,
            "The date by which this was to be read again has passed.",
            "Read it again, with young people, and set a new date.",
            _EDITORIAL,
            "structure",
        )
    for number, block in enumerate(reading.blocks):
        if block.kind == "alt" and not block.text.strip():
            saying = _say(
                "image-alt",
                "block",
                "This picture has no text alternative.",
                "Say in words what it shows: ![words](file).",
            )
            yield finding_at(reading, Spot(number, 0, 0), saying)


def _plain_findings(reading: Reading, situation: Situation) -> Iterator[Finding]:
    """Give what even a passage must not lack: a way to help."""
    if situation.audience not in {"young-people", "families"}:
        return
    if not has_help_contact(reading, situation):
        yield missing_help(reading, "warn")


def _lacks_message(reading: Reading, situation: Situation) -> bool:
    del situation
    front = reading.material.front
    return front is not None and not front.message.strip()


def _message_comes_late(reading: Reading, situation: Situation) -> bool:
    """Tell whether the declared message is neither in the title nor in the first running text."""
    del situation
    front = reading.material.front
    if front is None or not front.message.strip():
        return False
    opening = " ".join(reading.block_text(number) for number in reading.body[:3])
    wanted = {word for word in words_of(fold(front.message)) if len(word) > 2}
    found = set(words_of(f"{opening} {fold(front.title)}"))
    return bool(wanted) and len(wanted & found) / len(wanted) < 0.6


def _lacks_action(reading: Reading, situation: Situation) -> bool:
    del situation
    front = reading.material.front
    return not (front and front.action.strip()) and not _ACTION.search(reading.body_text)


def _lacks_routes(reading: Reading, situation: Situation) -> bool:
    is_for_public = situation.audience in {"young-people", "families"}
    return is_for_public and routes_to_help(reading, situation) < 2


def _lacks_fault_line(reading: Reading, situation: Situation) -> bool:
    return situation.audience == "young-people" and not _NOT_YOUR_FAULT.search(reading.body_text)


def _lacks_strengths(reading: Reading, situation: Situation) -> bool:
    return situation.audience == "young-people" and not _STRENGTHS.search(reading.body_text)


def _lacks_content_note(reading: Reading, situation: Situation) -> bool:
    front = reading.material.front
    is_for_public = situation.audience in {"young-people", "families"}
    return is_for_public and front is not None and "page" in front.formats and not front.content_note.strip()


def _lacks_review_date(reading: Reading, situation: Situation) -> bool:
    del situation
    front = reading.material.front
    return front is not None and front.review_by is None


REQUIREMENTS: tuple[Requirement, ...] = (
    Requirement(
        _say(
            "has-main-message",
            "warn",
            "No main message is declared.",
            "Write `message:` with the one thing a reader should take away.",
        ),
        _lacks_message,
    ),
    Requirement(
        _say(
            "message-first",
            "warn",
            "The main message does not come first.",
            "Put it into the title or the first paragraph.",
        ),
        _message_comes_late,
    ),
    Requirement(
        _say(
            "has-action",
            "warn",
            "Nothing tells readers what they can do.",
            "Name one step they can take without telling anyone first.",
        ),
        _lacks_action,
    ),
    Requirement(
        _say(
            "two-routes",
            "warn",
            "There is only one way to help, or none.",
            "Name at least two, one of them not the police.",
        ),
        _lacks_routes,
    ),
    Requirement(
        _say(
            "not-your-fault",
            "warn",
            "Nothing says that it is not the young person's fault.",
            "Say it in plain words, near the top.",
            _BRIEFING,
        ),
        _lacks_fault_line,
    ),
    Requirement(
        _say(
            "has-strengths",
            "ask",
            "Nothing speaks of strength, rights or recovery.",
            "Add a line of hope that is true.",
            _BRIEFING,
        ),
        _lacks_strengths,
    ),
    Requirement(
        _say(
            "content-note",
            "ask",
            "There is no content note for the page.",
            "Write `content_note:`, one sentence on what this is about.",
        ),
        _lacks_content_note,
    ),
    Requirement(
        _say(
            "review-by",
            "warn",
            "There is no date by which to read this again.",
            "Write `review_by:` with a date within two years.",
        ),
        _lacks_review_date,
    ),
)


def _reading_band(reading: Reading, situation: Situation, readability: Readability) -> Iterator[Finding]:
    grade = readability.grade_middle
    if situation.audience is None or grade is None or grade <= BANDS[situation.audience] + _LEEWAY:
        return
    longest = readability.longest_sentences[0]
    block = reading.body[longest.text]
    saying = _say(
        "reading-band",
        "ask",
        f"Grade {readability.grade_low} to {readability.grade_high}, a reading age of about {round(grade + 5)}: hard for these readers. "
        f"The longest sentence, here, has {longest.words} words.",
        "Shorter sentences and more common words; then ask readers.",
    )
    yield finding_at(reading, Spot(block, longest.start, longest.end), saying)


def hidden_findings(reading: Reading) -> Iterator[Finding]:
    """Give characters that nobody sees, and words that mix letters of two scripts that look the same."""
    material = reading.material
    for hidden in material.seen.hidden:
        first, last = material.place(hidden.start), material.place(hidden.end)
        yield Finding(
            "hidden-direction" if hidden.turns_direction else "hidden-characters",
            "block" if hidden.turns_direction else "warn",
            first.line,
            first.column,
            last.line,
            last.column,
            "",
            "Characters that nobody sees stand here"
            + (" and can make a reviewer read another sentence." if hidden.turns_direction else "."),
            "Type these words again.",
            "Unicode Technical Report 36",
            "structure",
        )
    if not _OTHER_SCRIPT.search(reading.material.source):
        return
    for number, block in enumerate(reading.blocks):
        for match in re.finditer(
            r"[A-Za-z]+[\u0370-\u03ff\u0400-\u04ff]\w*|[\u0370-\u03ff\u0400-\u04ff]+[A-Za-z]\w*", block.text
        ):
            saying = _say(
                "lookalike-letters",
                "block",
                "This word mixes letters of two alphabets that look alike.",
                "Type the word again.",
                "Unicode Technical Report 36",
            )
            yield finding_at(reading, Spot(number, match.start(), match.end()), saying)
