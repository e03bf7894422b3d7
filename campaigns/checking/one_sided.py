"""What a text leaves out, asked only where other words in it do harm: boys, peers, life offline, who harms, help.

Less is needed to ask here than in `framing`, which speaks of every text: a good text that names only girls may
have its reasons, one that blames them seldom has.
"""

import re
from collections.abc import Collection, Iterator

from campaigns.checking.expressions import Expression
from campaigns.checking.findings import WHOLE_TEXT, Finding, Saying, Spot, finding_at
from campaigns.checking.helping import missing_help, names_help_contact
from campaigns.checking.reading import Reading
from campaigns.checking.situation import Situation

_GIRLS = Expression(
    r"\b(?:girls?|daughters?|lass(?:es|ies|ie)?|ladies|young women|schoolgirls?|sisters|queens|princess(?:es)?)\b"
)
_GIRLS_AT_LARGE = Expression(r"\b(?:girls|daughters|lass(?:es|ies)|young women|schoolgirls|kind of girl)\b")
_BOYS_WHO_GUARD_OR_LOOK = Expression(
    r"\b(?:(?:tell|teach|remind|expect) (?:the |our |your )?(?:boys|lads|young men|sons)|(?:boys|lads|brothers)(?: and men)?"
    r" (?:will|would|can|can't|cannot|should|must) (?:only |always |not )?(?:look|stare|try|protect|guard|watch|keep|help|behave))\b"
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
    r"\b(?:strangers?|nobody knows|keeps? himself to himself|loners?|(?:offender|groomer|abuser) profile|twice (?:your|her|his|their) age|years older|randoms?|predators?"
    r"|(?:anybody|anyone|people|person|somebody|someone) (?:you|they) (?:haven't|have not|don't know|do not know|have never))\b"
)
_VICTIM_OF_YOUR_AGE = Expression(
    r"\b(?:girls?|lass(?:ie)?s?|lads?|boys?|child|children|kids?|pupils?) (?:of )?your (?:own )?age\b"
)
_PEERS = Expression(
    r"\b(?:peers?|(?:own|same|any|(?<!twice )your|(?<!twice )their) age|in your year|classmates?|someone (?:you|they) know"
    r"|(?:another|other|older) (?:young (?:people|person)|teenagers?|pupils?|child|children|students?))\b"
)
_ONLINE = Expression(
    r"\b(?:online|internet|web ?cams?|camera on|chat ?rooms?|smartphones?|the net|on the net|lobb(?:y|ies)|lobby|apps?|messaged|dms?|group chats?|tablets?|games"
    r"|no phones?|(?:his|her|their|the) phones?|chat(?:s|ting)?|post(?:ing|ed)? (?:a |any |your )?(?:pictures?|photos?|selfies?)"
    r"|social media|snapchat|instagram|tiktok|whatsapp|discord|parental (?:lock|controls?)|screens?|profiles?|gaming)\b"
)
_OFFLINE = Expression(
    r"\b(?:face to face|face-to-face|in person|offline|real life|part(?:y|ies)|streets?|parks?|bus|meet(?:s|ing)? (?:up|you|him|her|them)"
    r"|taxis?|hotels?|takeaways?|cars?|flats?|lifts?|at (?:school|home)|neighbours?)\b"
)
_THINK_BEFORE = Expression(r"\bthink (?:twice )?before you (?:click|post|type|send|chat|log on|accept)\b")
_ADDRESSED = Expression(r"\b(?:you|your|slide|pupils|the class)\b")
_SEEN_BY_STAFF = Expression(
    r"\b(?:(?:if|when|where) (?:you|staff) (?:think|suspect|see|spot|notice|believe|find)|spot (?:it|them|the)|look out for|keep (?:an eye|watch))\b"
)
_SOMEBODY_TO_TELL = Expression(
    r"\b(?:police|999|101|safeguarding|designated|children's (?:services|social care)|social work(?:er)?s?|helplines?|crimestoppers|manager|lead|refer(?:ral)?s?)\b"
)
_PICTURES_BY_CHILD = Expression(
    r"\b(?:(?:silly|daft|clever|careless|foolish) with (?:\w+ )?(?:photo(?:graph)?s|pictures|cameras?|phones?)|nudes?|naughty (?:photo|picture|selfie|pic)s?"
    r"|camera off|selling (?:\w+ )?(?:pics|pictures|photos|images|content|videos)|(?:send|sends|sent|sending|take|taking|shar(?:e|es|ing)|found with)"
    r" (?:\w+ ){0,3}(?:selfies?|pics?|pictures?|photo(?:graph)?s?|images?))\b"
)
_ANYBODY_ELSE = Expression(
    r"\b(?:he|him|his|m[ae]n|adults?|abusers?|groomers?|predators?|strangers?|offenders?|perpetrators?|exploiters?|boyfriends?|guys?|creeps?|blackmail\w*"
    r"|(?:anyone|anybody|someone|somebody|people|person|those|whoever) (?:who|that)|who (?:asked|asks|pressed|tricked|shared)(?! for it))\b"
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
    is_campaign = situation.audience in _OF_CAMPAIGNS
    is_for_staff = situation.audience == "professionals" and _ADDRESSED.search(text) is not None
    if is_campaign or (is_for_staff and (_GIRLS_AT_LARGE.search(text) or _SEEN_BY_STAFF.search(text))):
        yield from _only_girls(reading, text)
    if is_campaign or is_for_staff:
        yield from _one_kind_of_harm(reading, text)
    if is_campaign:
        yield from _signs(reading)
        yield from _nobody_else(reading, text)
    if _lacks_help(reading, situation, is_for_staff=is_for_staff):
        yield missing_help(reading, "warn")


def _lacks_help(reading: Reading, situation: Situation, *, is_for_staff: bool) -> bool:
    """Tell whether readers are left alone. Staff are when they are told what to spot, and nobody to tell."""
    if is_for_staff:
        text = reading.body_text
        return _SEEN_BY_STAFF.search(text) is not None and not _SOMEBODY_TO_TELL.search(text)
    asks = situation.audience in _OF_CAMPAIGNS | {"press"}
    return asks and not names_help_contact(reading, situation)


def _only_girls(reading: Reading, text: str) -> Iterator[Finding]:
    girls = len(_GIRLS.findall(text))
    if (
        girls
        and not _BOYS.search(_BOYS_WHO_GUARD_OR_LOOK.sub(" ", text))
        and 2 * girls >= len(_OF_ANY_GENDER.findall(text))
    ):
        yield _asked(
            reading,
            "girls-only-framing",
            "Only girls are named. Boys and young men are exploited too.",
            "Name young people of any gender, or say why this one is for girls.",
        )


def _one_kind_of_harm(reading: Reading, text: str) -> Iterator[Finding]:
    older = len(_OLDER.findall(text)) > 1 or _STRANGERS.search(text)
    if older and not _PEERS.search(_VICTIM_OF_YOUR_AGE.sub(" ", text)):
        yield _asked(
            reading,
            "older-strangers-only-framing",
            "Only older people or strangers do the harm here. Peers and people a child knows do so too.",
            "Say that it can be somebody known, and somebody of the same age.",
        )
    if (len(_ONLINE.findall(text)) > 1 or _THINK_BEFORE.search(text)) and not _OFFLINE.search(text):
        yield _asked(
            reading,
            "online-only-framing",
            "Harm happens only online here. Online and face-to-face exploitation overlap.",
            "Say that it can begin or go on face to face, or why this one is about the internet.",
        )


def _nobody_else(reading: Reading, text: str) -> Iterator[Finding]:
    """Give a question where pictures are something that children do, and nobody asks for them, buys or shares them."""
    if _PICTURES_BY_CHILD.search(text) and not _ANYBODY_ELSE.search(text) and not _WHO_HARMS.search(text):
        yield _asked(
            reading,
            "pictures-without-perpetrator",
            "Pictures are only what children do here. Nobody in the text presses for them, pays for them or passes them on.",
            "Say who does: the person who asks, pays, threatens or shares is the one who does harm.",
        )


def _signs(reading: Reading) -> Iterator[Finding]:
    """Give a row of signs in running text, in a text in which nobody does the harm."""
    if _WHO_HARMS.search(reading.body_text):
        return
    for number in reading.body:
        match = _SIGNS_FOLLOW.search(reading.block_text(number))
        if match and len(re.split("[,;]", match["signs"])) >= _FEWEST_SIGNS:
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
