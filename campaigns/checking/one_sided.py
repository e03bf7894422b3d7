"""What a text leaves out, asked only where it reads like harm: help, boys, who harms, peers, life offline.

Less is needed to ask here than in `framing`, which speaks of every text: a good text that names only girls may have its
reasons, one that blames them seldom has. What is left out is judged by `omissions`; here it is put into words.
"""

from collections.abc import Collection, Iterator

from msgspec import Struct

from campaigns.checking.expressions import Expression
from campaigns.checking.findings import WHOLE_TEXT, Finding, Saying, finding_at
from campaigns.checking.helping import missing_help, names_help_contact, routes_to_help, tells_whom_to_tell
from campaigns.checking.omissions import Omission, Readers, weigh_omissions, words_named
from campaigns.checking.reading import Reading
from campaigns.checking.situation import Situation

_FEWEST_WORDS = 20
_WORDS_SHOWN = 3
_BRIEFING = "Sharp-Jeffs, Coy and Kelly, Key messages from research on CSE (2017)"
_OF_CAMPAIGNS = frozenset({"young-people", "families", "press"})

# Where one of these stands, the text says what it would be asked for, whatever else weighs against it.
_SAID: dict[Omission, Expression] = {
    "boys": Expression(
        r"\b(?:boys|young men|lads|sons)\b[^.!?\n]{0,50}\b(?:too|also|as well|exploited|abused|harmed|groomed|targeted)\b"
        r"|\b(?:any|every|all|whatever (?:your|their)) genders?\b"
    ),
    "peers": Expression(
        r"\b(?:(?:of|from) (?:the|your|their) (?:same|own) age|(?:someone|somebody) (?:you|they|she|he) knows?|peers"
        r"|other young people|another (?:child|young person|pupil)|classmates?)\b"
    ),
    "offline": Expression(r"\b(?:face[ -]to[ -]face|in person|offline|in real life)\b"),
}


class _Asked(Struct, frozen=True):
    """What is asked about one omission; the words of `shown` groups that stand in the text are named."""

    rule: str
    message: str
    instead: str
    shown: frozenset[str] = frozenset()


_ASKED: dict[Omission, _Asked] = {
    "help": _Asked(
        "help-contact",
        "Readers are not told whom to turn to about harm to a child.",
        "Say who: the safeguarding lead or children's services, the police on 101 or 999, Childline on 0800 1111.",
    ),
    "boys": _Asked(
        "girls-only-framing",
        "Boys and young men seem to be left out. They are exploited too, and are seen less.",
        "Name young people of any gender, or say why this one is about girls.",
        frozenset({"girls", "a-girl"}),
    ),
    "perpetrator": _Asked(
        "signs-without-perpetrator",
        "What a child does, looks like or should do is told here, and hardly a word of the person who harms.",
        "Say what that person does: asks, gives, threatens, arranges, and that it is theirs to answer for. "
        "Signs are a reason to ask kindly, not proof.",
        frozenset({"behaviours", "choices"}),
    ),
    "peers": _Asked(
        "older-strangers-only-framing",
        "Only older people or strangers seem to do the harm here. Peers and people a child knows do so too.",
        "Say that it can be somebody known and trusted, and somebody of the same age.",
        frozenset({"men", "older", "strangers", "monsters"}),
    ),
    "offline": _Asked(
        "online-only-framing",
        "Harm seems to happen only online here. Online and face-to-face exploitation overlap.",
        "Say that it can begin or go on face to face, or why this one is about the internet.",
        frozenset({"internet", "apps", "devices"}),
    ),
}


def one_sided_findings(
    reading: Reading, situation: Situation, found: Collection[str], *, reads_like_harm: bool
) -> tuple[Finding, ...]:
    """Give what a text that reads like harm leaves out, if it is long enough to have room for it.

    `found` are the rules that have spoken already. Of a text that only may do harm the likeliest omission is asked.
    """
    if len(reading.body_text.split()) < _FEWEST_WORDS:
        return ()
    asked = tuple(
        one for one in _left_out(reading, situation, in_doubt=not reads_like_harm) if one.rule not in found
    )
    return asked if reads_like_harm else asked[:1]


def _left_out(reading: Reading, situation: Situation, *, in_doubt: bool) -> Iterator[Finding]:
    """Give what is left out, the likeliest first."""
    has_contact = names_help_contact(reading, situation)
    readers = Readers(situation.audience, has_contact, routes_to_help(reading, situation))
    weights = weigh_omissions(reading.body_text, readers, in_doubt=in_doubt)
    for omission in sorted(weights, key=weights.__getitem__, reverse=True):
        if weights[omission] < 0:
            return
        if _is_said(reading, omission, has_contact=has_contact):
            continue
        if omission == "help" and situation.audience in _OF_CAMPAIGNS:
            yield missing_help(reading, "warn")
        else:
            yield _asked(reading, _ASKED[omission])


def _is_said(reading: Reading, omission: Omission, *, has_contact: bool) -> bool:
    """Tell whether a text plainly holds what it may seem to leave out."""
    if omission == "help":
        return has_contact or tells_whom_to_tell(reading)
    said = _SAID.get(omission)
    return said is not None and said.search(reading.body_text) is not None


def _asked(reading: Reading, asked: _Asked) -> Finding:
    named = words_named(reading.body_text, asked.shown, _WORDS_SHOWN)
    shown = f" Named here: {', '.join(f'“{word}”' for word in named)}." if named else ""
    message = f"{asked.message}{shown}"
    return finding_at(
        reading, WHOLE_TEXT, Saying(asked.rule, "ask", message, asked.instead, _BRIEFING, "structure")
    )
