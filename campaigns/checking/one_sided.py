"""What a text leaves out, asked only where other words in it do harm: boys, peers, life offline, who harms, help.

Less is needed to ask here than in `framing`, which speaks of every text: a good text that names only girls may
have its reasons, one that blames them seldom has.
"""

from collections.abc import Collection, Iterator

from campaigns.checking.expressions import Expression
from campaigns.checking.findings import WHOLE_TEXT, Finding, Saying, Spot, finding_at
from campaigns.checking.helping import missing_help, names_help_contact
from campaigns.checking.reading import Reading
from campaigns.checking.situation import Situation

_GIRLS = Expression(
    r"\b(?:girls?|daughters?|lass(?:es|ies|ie)?|ladies|young women|schoolgirls?|sisters|queens|princess(?:es)?)\b"
)
_BOYS = Expression(
    r"\b(?:boys?|sons?|lads?|young men|brothers?|any gender|all genders|whatever (?:their|your) gender|non-binary)\b"
)
_OF_ANY_GENDER = Expression(
    r"\b(?:child|children|young (?:people|person)|teen(?:ager)?s?|kids?|pupils?|students?|youngsters?)\b"
)
_OLDER = Expression(
    r"\b(?:older (?:men|man|guys?|males?|boys?|boyfriends?|lads?|blokes?|people|person)|grown m[ae]n|men|m[ae]n in|guys?|blokes?|beasts|creeps?)\b"
)
_STRANGERS = Expression(
    r"\b(?:strangers?|nobody knows|twice (?:your|her|his|their) age|years older|randoms?|predators?"
    r"|(?:anybody|anyone|people|person|somebody|someone) (?:you|they) (?:haven't|have not|don't know|do not know|have never))\b"
)
_PEERS = Expression(
    r"\b(?:peers?|(?:own|same|any|(?<!twice )your|(?<!twice )their) age|in your year|classmates?|someone (?:you|they) know"
    r"|(?:another|other|older) (?:young (?:people|person)|teenagers?|pupils?|child|children|students?))\b"
)
_ONLINE = Expression(
    r"\b(?:online|internet|web ?cams?|camera on|chat ?rooms?|smartphones?|the net|on the net|lobb(?:y|ies)|lobby|apps?|messaged|dms?"
    r"|social media|snapchat|instagram|tiktok|whatsapp|discord|parental (?:lock|controls?)|screens?|profiles?|gaming)\b"
)
_OFFLINE = Expression(
    r"\b(?:face to face|face-to-face|in person|offline|real life|part(?:y|ies)|streets?|parks?|bus|meet(?:s|ing)? (?:up|you|him|her|them)"
    r"|taxis?|hotels?|takeaways?|cars?|flats?|lifts?|at (?:school|home)|neighbours?)\b"
)
_SIGNS_FOLLOW = Expression(
    r"\b(?:look(?:ing)? (?:out )?for|signs?|watch (?:out )?for|spot|clues|red flags|indicators?)\b[^.!?:]{0,60}:(?P<signs>[^.!?]+)"
)
_WHO_HARMS = Expression(
    r"\b(?:abusers?|groomers?|exploiters?|perpetrators?|offenders?|somebody|someone|a person|people|adults?|men|man|he|they)"
    r" (?:who |that |may |might |can |will |is |are |often |also |could |has |have )*(?:abus|groom|exploit|control|trick|forc|pressur|coerc|harm|hurt|target|threat|giv|gave|offer|buy|us(?:e|ing)|ask|mak)"
)
_FEWEST_WORDS = 20
_FEWEST_SIGNS = 5
_BRIEFING = "Sharp-Jeffs, Coy and Kelly, Key messages from research on CSE (2017)"
_OF_CAMPAIGNS = frozenset({"young-people", "families"})


def one_sided_findings(reading: Reading, situation: Situation, found: Collection[str]) -> Iterator[Finding]:
    """Give what a harmful text leaves out, if it is long enough to have room for it.

    `found` are the rules that have spoken already.
    """
    if len(reading.body_text.split()) < _FEWEST_WORDS:
        return
    for finding in _left_out(reading, situation):
        if finding.rule not in found:
            yield finding


def _left_out(reading: Reading, situation: Situation) -> Iterator[Finding]:
    text = reading.body_text
    if situation.audience in _OF_CAMPAIGNS:
        yield from _people(reading, text)
        yield from _signs(reading)
    if situation.audience in _OF_CAMPAIGNS | {"press"} and not names_help_contact(reading, situation):
        yield missing_help(reading, "warn")


def _people(reading: Reading, text: str) -> Iterator[Finding]:
    girls = len(_GIRLS.findall(text))
    if girls and not _BOYS.search(text) and girls >= len(_OF_ANY_GENDER.findall(text)):
        yield _asked(
            reading,
            "girls-only-framing",
            "Only girls are named. Boys and young men are exploited too.",
            "Name young people of any gender, or say why this one is for girls.",
        )
    if (len(_OLDER.findall(text)) > 1 or _STRANGERS.search(text)) and not _PEERS.search(text):
        yield _asked(
            reading,
            "older-strangers-only-framing",
            "Only older people or strangers do the harm here. Peers and people a child knows do so too.",
            "Say that it can be somebody known, and somebody of the same age.",
        )
    if len(_ONLINE.findall(text)) > 1 and not _OFFLINE.search(text):
        yield _asked(
            reading,
            "online-only-framing",
            "Harm happens only online here. Online and face-to-face exploitation overlap.",
            "Say that it can begin or go on face to face, or why this one is about the internet.",
        )


def _signs(reading: Reading) -> Iterator[Finding]:
    """Give a row of signs in running text, in a text in which nobody does the harm."""
    if _WHO_HARMS.search(reading.body_text):
        return
    for number in reading.body:
        match = _SIGNS_FOLLOW.search(reading.block_text(number))
        if match and len(match["signs"].split(",")) >= _FEWEST_SIGNS:
            saying = Saying(
                "signs-without-perpetrator",
                "warn",
                "A list of what a child does, and nobody in the text does the harm.",
                "Say what the person who harms may do, that signs are not proof, and that they are a reason to ask kindly.",
                _BRIEFING,
                "structure",
            )
            yield finding_at(reading, Spot(number, match.start(), match.start("signs")), saying)
            return


def _asked(reading: Reading, rule: str, message: str, instead: str) -> Finding:
    return finding_at(reading, WHOLE_TEXT, Saying(rule, "ask", message, instead, _BRIEFING, "structure"))
