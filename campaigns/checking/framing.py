"""What no phrase list finds: lists of a child's behaviours, one-sided pictures of who harms and who is harmed."""

import re
from collections.abc import Iterator

from campaigns.checking.expressions import Expression
from campaigns.checking.findings import WHOLE_TEXT, Finding, Saying, Spot, finding_at, whole_block
from campaigns.checking.reading import Reading
from campaigns.checking.situation import Situation
from campaigns.checking.wordsigns import SIGNS

_SIGNS = Expression(
    r"\b(?:signs?|indicators?|warning|spot|symptoms|look out for|watch for|clues|red flags)\b"
)
_CAVEAT = Expression(
    r"not (?:proof|evidence|mean|always)|n't (?:prove|mean)|no proof|many (?:causes|reasons|other)|other (?:reasons|causes|explanations)|reasons? to be (?:curious|gentle)"
    r"|be curious|stay curious|professional curiosity|on (?:its|their) own|may also|normal part|not every|prompt"
)
_PERSON_WHO_HARMS = Expression(
    r"\b(?:abusers?|groomers?|exploiters?|perpetrators?|offenders?|somebody|someone|person|people|adults?|they|men|man|peers?|other young people|another young person)"
    r" (?:who |that |may |might |can |will |is |are |often |also |could )*(?:abus|groom|exploit|control|trick|forc|pressur|manipulat|coerc|harm|hurt|target|threat|giv|offer|us(?:e|ing) |buy|isolat|deceiv|do(?:es)? (?:this|it)|did (?:this|it)|make)"
)
_CHILD_BEHAVIOUR = Expression(
    r"^(?:(?:she|he|they|your (?:child|daughter|son)) (?:has |have |is |are |may |seems? )?)?"
    r"(?:going missing|missing|truant\w*|skipping|drink\w*|drug|us(?:es|ing)|misus\w+|self-harm\w*|stay\w+ out|having|being|hanging|lying|secre\w+|money or gifts|changes?|mood\w*|aggress\w*|withdraw\w*|new |unexplained|wearing|sex\w*|spending|coming home|running|poor |low |becom\w+|associat\w+|get\w+|chang\w+|overt\w*|promisc\w*|repeated|pregnan\w+|sti\w*|offending|gang\w*|lack|absen\w+|disengag\w*|late|regularly|stop(?:s|ped) going|receiving|meeting|posting|sending|talking|appearing|more than)"
)
_GIRLS = Expression(
    r"\b(?:girls?|daughters?|young wom[ae]n|young lad(?:y|ies)|schoolgirls?|she|her|herself|sisters?)\b"
)
_BOYS = Expression(
    r"\b(?:boys?|sons?|young m[ae]n|he|him|himself|brothers?|any gender|all genders|every gender|whatever (?:their|your) gender|lads?|of all backgrounds|anyone)\b"
)
_OLDER = Expression(
    r"\b(?:older (?:people|person|men|man|adults?|males?|boyfriends?|individuals?)|adult (?:men|males?|strangers?)|strangers?|grown men|grown-ups)\b"
)
_PEERS = Expression(
    r"\b(?:peers?|other young people|another young person|(?:own|same|any) age|classmates?|fellow (?:pupils?|students?)|friends?|partner|mates?|young people who|children who|someone you know|family member|anyone)\b"
)
_ONLINE = Expression(
    r"\b(?:online|internet|apps?|social media|gam(?:e|es|ing|ers?)|chat ?rooms?|snapchat|instagram|tiktok|whatsapp|discord|screens?|devices?|profiles?|followers?|web ?cams?|dms?)\b"
)
_OFFLINE = Expression(
    r"\b(?:face to face|face-to-face|in person|offline|real life|part(?:y|ies)|at school|schools?|at home|home|streets?|parks?|town|bus|meet(?:s|ing)? up|neighbourhood|famil(?:y|ies)|taxis?|hotels?|takeaways?|anywhere)\b"
)
_EXPLOITED = Expression(r"\b(?:groom|exploit|abus|harm)")
_ADULTS = Expression(r"\b(?:adults?|m[ae]n|grown-ups?|strangers?|older (?:person|people))\b")
_CONFIDENTIAL = Expression(
    r"\b(?:we|our|us|here|staff|nurses?|workers?|counsellors?|this (?:service|clinic|team)|you (?:say|tell))\b[^.!?\n]{0,60}\bconfidential(?:ly|ity)?\b"
    r"|\bconfidential(?:ly)?\b[^.!?\n]{0,40}\b(?:service|clinic|support|advice|drop-in|counselling)\b"
)
_LIMITS = Expression(
    r"\b(?:unless|except|limits?|danger|at risk of|need to tell|have to tell|may tell|might tell|tell someone else|share (?:it|this|what)|pass (?:it|this) on|keep you safe|worried about your safety)\b"
)
_SOURCE = "Sharp-Jeffs, Coy and Kelly, Key messages from research on CSE (2017)"
_FEWEST_WORDS = 60
_FEWEST_SIGNS = 4
_GIRL_WORD = SIGNS.add("girls|daughters|women")
_OLDER_WORD = SIGNS.add("older|adult|stranger|grown")
_ONLINE_WORD = SIGNS.add(
    "online|internet|app|media|gam|chat|room|snapchat|instagram|tiktok|whatsapp|discord|screen|device|profile"
    "|follower|web|cam|dm"
)


def framing_findings(reading: Reading, situation: Situation, words: int) -> Iterator[Finding]:
    """Give what is one-sided about a text as a whole. Short texts are not judged."""
    yield from _sign_lists(reading)
    if words >= _FEWEST_WORDS:
        yield from _one_sided(reading)
        yield from _one_place(reading)
    if situation.audience in {"young-people", "families"}:
        yield from _confidential_without_limits(reading)
    if reading.material.front is not None and words >= _FEWEST_WORDS:
        yield from _no_peers(reading)


def _sign_lists(reading: Reading) -> Iterator[Finding]:
    """Give lists of signs that name only what the child does, in a text in which nobody does the harm."""
    groups: dict[int, list[int]] = {}
    for number in reading.body:
        if reading.blocks[number].kind == "item":
            groups.setdefault(reading.blocks[number].group, []).append(number)
    long_lists = [items for items in groups.values() if len(items) >= _FEWEST_SIGNS]
    if not long_lists or (_PERSON_WHO_HARMS.search(reading.body_text) and _CAVEAT.search(reading.body_text)):
        return
    for items in long_lists:
        behaviours = [number for number in items if _CHILD_BEHAVIOUR.match(reading.block_text(number))]
        introduced = _SIGNS.search(_introduction(reading, items[0]))
        if len(behaviours) >= _FEWEST_SIGNS and (introduced or len(behaviours) >= 6):
            yield finding_at(reading, whole_block(reading, items[0]), _sign_saying(reading))


def _introduction(reading: Reading, number: int) -> str:
    above = [reading.block_text(one) for one in reading.above[number]]
    before = reading.block_text(number - 1) if number else ""
    return " ".join((*above, before))


def _sign_saying(reading: Reading) -> Saying:
    names_harm = _PERSON_WHO_HARMS.search(reading.body_text) is not None
    return Saying(
        "signs-without-caveat" if names_harm else "signs-without-perpetrator",
        "warn",
        "A list of what a child does, "
        + (
            "and nothing says that signs are not proof."
            if names_harm
            else "and nobody in the text does the harm."
        ),
        "Say what the person who harms may do, that signs are not proof, and that they are a reason to ask kindly.",
        _SOURCE,
        "structure",
    )


def _one_sided(reading: Reading) -> Iterator[Finding]:
    text = reading.body_text
    if reading.body_signs & _GIRL_WORD and _only_girls(text):
        yield _whole(
            reading,
            "girls-only-framing",
            "Only girls and young women are named. Boys and young men are exploited too.",
            "Name young people of any gender, or say why this one is for girls.",
        )
    if reading.body_signs & _OLDER_WORD and len(_OLDER.findall(text)) >= 2 and not _PEERS.search(text):
        yield _whole(
            reading,
            "older-strangers-only-framing",
            "Only older people or strangers do the harm here. Peers and people a child knows do so too.",
            "Say that it can be somebody known, and somebody of the same age.",
        )


def _only_girls(text: str) -> bool:
    plural_girls = re.search(r"\b(?:girls|daughters|young women)\b", text) is not None
    return plural_girls and len(_GIRLS.findall(text)) >= 3 and not _BOYS.search(text)


def _whole(reading: Reading, rule: str, message: str, instead: str) -> Finding:
    return finding_at(reading, WHOLE_TEXT, Saying(rule, "warn", message, instead, _SOURCE, "structure"))


def _one_place(reading: Reading) -> Iterator[Finding]:
    text = reading.body_text
    if (
        reading.body_signs & _ONLINE_WORD
        and len(_ONLINE.findall(text)) >= 3
        and not re.search(r"\b(?:nudes?|pictures?|photos?|images?)\b", text)
        and _EXPLOITED.search(text)
        and not _OFFLINE.search(text)
    ):
        yield finding_at(
            reading,
            WHOLE_TEXT,
            Saying(
                "online-only-framing",
                "ask",
                "Harm happens only online here. Online and face-to-face exploitation overlap.",
                "Say that it can begin or go on face to face, or why this one is about the internet.",
                _SOURCE,
                "structure",
            ),
        )


def _no_peers(reading: Reading) -> Iterator[Finding]:
    """Give a question where only adults harm. Said once: not where strangers-only is said already."""
    text = reading.body_text
    if not _EXPLOITED.search(text) or not _ADULTS.search(text) or _PEERS.search(text):
        return
    if len(_OLDER.findall(text)) < 2:
        yield finding_at(
            reading,
            WHOLE_TEXT,
            Saying(
                "peers-missing",
                "ask",
                "Only adults do the harm here. Young people are also harmed by others of their age.",
                "Say that it can be somebody of the same age, or why this one is about adults.",
                _SOURCE,
                "structure",
            ),
        )


def _confidential_without_limits(reading: Reading) -> Iterator[Finding]:
    if _LIMITS.search(reading.body_text):
        return
    for number in reading.body:
        match = _CONFIDENTIAL.search(reading.block_text(number))
        if match:
            saying = Saying(
                "confidentiality-limits",
                "warn",
                "This promises confidentiality and does not say where it ends.",
                "Say that it is private unless you or somebody else is in danger, and that you would be told first.",
                "coprod's own judgement, from safeguarding practice; advice only",
                "structure",
            )
            yield finding_at(reading, Spot(number, match.start(), match.end()), saying)
            return
