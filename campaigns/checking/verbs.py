"""Who does the verb: in how many sentences about harm the person who harms is its subject."""

from collections.abc import Iterator

from msgspec import Struct

from campaigns.checking.context import why_mentioned
from campaigns.checking.expressions import Expression
from campaigns.checking.findings import Finding, Saying, Spot, finding_at
from campaigns.checking.reading import Reading
from campaigns.checking.wordsigns import SIGNS

_PERSON = (
    r"(?:abusers?|groomers?|exploiters?|perpetrators?|offenders?|traffickers?|somebody|someone|anyone|adults?|m[ae]n|wom[ae]n|gangs?"
    r"|people|persons?|individuals?|groups?|peers?|coach|teacher|uncle|stepfather|father|cousin|driver|he|they|others?|another child"
    r"|(?:another|other|older) (?:young )?(?:person|people|boys?|girls?))"
)
_DONE = (
    r"(?:abus|rap|groom|exploit|coerc|forc|trick|manipulat|pressur|threaten|blackmail|traffick|assault|harm|hurt|target|controll"
    r"|molest|deceiv|isolat|beat|drugg|us|touch)(?:ed|en)?(?![a-z])"
)
_DOES = (
    r"(?:abuse|rape|groom|exploit|coerce|force|trick|manipulate|pressure|threaten|blackmail|traffic|assault|harm|hurt|target"
    r"|control|molest|deceive|isolate|touch|drug|demand|make|use)(?:s|es|d|ed|ing|med|ming|ling|led|ped)?(?![a-z])"
)
_HAS_HARM = Expression(
    r"\b(?:abus|rap(?:e|ed|ing)\b|groom|exploit|coerc|forced|trick|manipulat|pressur|threat|blackmail|traffick|assault|molest|sexual|sex\b)"
)
# Every such word has this sign; to look for signs is far quicker.
_HARM_WORD = SIGNS.add(
    "abus|rap(?:e|ed|ing)|groom|exploit|coerc|forced|trick|manipulat|pressur|threat|blackmail|traffick|assault|molest|sex"
)
_ACTIVE = Expression(
    rf"\b{_PERSON}(?: (?!(?:is|are|was|were|be|been|being|get|got)\b)[a-z']+){{0,4}}? {_DOES}"
)
_PASSIVE = Expression(
    rf"\b(?:is|are|was|were|be|been|being|get|gets|got|getting)(?: (?:not|also|often|sexually|repeatedly|first|then|[a-z]+ly))? {_DONE}"
)
_BY = Expression(rf"\bby (?:[a-z'-]+ ){{0,4}}?(?:{_PERSON}|[a-z]+ (?:who|that))\b")
_TOOK_PLACE = Expression(
    r"\b(?:abuse|exploitation|grooming|assaults?|rape|sexual activity|sexual contact|sex|incidents?)(?: [a-z]+){0,3}? (?:took place|taken place|takes place|occur\w*|happened)\b"
)
_CHILD_ACTS = Expression(
    r"\b(?:she|he|they|child|children|girls?|boys?|young (?:person|people)|pupils?|teenagers?|victims?)(?: (?:has|have|had|was|were|is|are|been|also|then|often|now|regularly|again)){0,3}"
    r" (?:engag\w+|participat\w+|tak(?:es|ing|en) part|took part|exchang\w+|swap\w+|trad(?:es|ed|ing)|perform\w+|ha(?:s|ve|d|ving) (?:sex|intercourse)|agreed to|chose\w*|choosing|allow\w+|let(?:ting)?|sell\w*|sold|offer\w*|associat\w+|put(?:s|ting)? (?:her|him|them)sel\w+|plac\w+ (?:her|him|them)sel\w+)\b"
)
_SOURCE = "Durham, Language Matters; NSPCC, Why language matters"
_FEWEST = 3


class VerbCount(Struct, frozen=True):
    """Sentences about harm, by who does the verb in them. The rest name harm as a thing.

    `person_who_harms`: somebody does it ("a man abused her", "she was abused by a man"). `hidden`: it
    happens and nobody does it. `child`: the child is the one who acts.
    """

    harm_sentences: int = 0
    person_who_harms: int = 0
    hidden: int = 0
    child: int = 0

    @property
    def share(self) -> float | None:
        """Give the share of these sentences in which the person who harms acts; None where none has a verb."""
        decided = self.person_who_harms + self.hidden + self.child
        return self.person_who_harms / decided if decided else None


class WhoActs(Struct, frozen=True):
    """One sentence about harm, and who does the verb in it: `person`, `hidden`, `child` or `nobody`."""

    spot: Spot
    who: str


def who_acts(reading: Reading) -> tuple[WhoActs, ...]:
    """Give each sentence about harm in running text with who does its verb. Mentions are left out."""
    return tuple(_acts(reading))


def _acts(reading: Reading) -> Iterator[WhoActs]:
    for number in reading.body:
        text = reading.block_text(number)
        if reading.blocks[number].kind in {"quote", "code"} or not reading.signs(number) & _HARM_WORD:
            continue
        for start, end in reading.sentences(number):
            sentence = text[start:end]
            harm = _HAS_HARM.search(sentence)
            if harm and not why_mentioned(reading, number, start + harm.start(), start + harm.end()):
                yield WhoActs(Spot(number, start, end), _who(sentence))


def _who(sentence: str) -> str:
    if _CHILD_ACTS.search(sentence):
        return "child"
    passive = _PASSIVE.search(sentence)
    if passive:
        named = _BY.search(sentence, passive.end()) or _ACTIVE.search(sentence, 0, passive.start())
        return "person" if named else "hidden"
    if _TOOK_PLACE.search(sentence):
        return "hidden"
    return "person" if _ACTIVE.search(sentence) else "nobody"


def count_verbs(acts: tuple[WhoActs, ...]) -> VerbCount:
    """Give the counts of all sentences."""
    found = [act.who for act in acts]
    return VerbCount(len(found), found.count("person"), found.count("hidden"), found.count("child"))


def verb_findings(reading: Reading, acts: tuple[WhoActs, ...]) -> Iterator[Finding]:
    """Give at most one finding: harm is told at length and nobody, or the child, does it."""
    counts = count_verbs(acts)
    if counts.person_who_harms or counts.hidden + counts.child < _FEWEST:
        return
    first = next(act for act in acts if act.who in {"hidden", "child"})
    mostly_child = counts.child > counts.hidden
    yield finding_at(
        reading,
        first.spot,
        Saying(
            "child-does-the-verb" if mostly_child else "nobody-does-the-verb",
            "ask",
            f"Of {counts.harm_sentences} sentences about harm none says who does it: in {counts.hidden} nobody acts, in {counts.child} the child does.",
            "Make the person who harms the one who acts: a man tricked her, not she was tricked or she went along.",
            _SOURCE,
            "structure",
        ),
    )
