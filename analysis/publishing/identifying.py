"""Patterns of what says who somebody is, beside those of `coprod.kernel.identifiers`: numbers, dates, schools, places."""

import functools
import re
from collections.abc import Iterator

from analysis.publishing.redactionlists import any_of, lists, no_names
from coprod.kernel.identifiers import identifiers_in

Found = tuple[int, int, str]
MOST_NAME_WORDS = 3
_WORD = re.compile(r"[^\W\d_]+")
_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*"
_TEENS = r"(?:ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|twenty(?:[ -]?(?:one|two|three|four|five))?)"
_ROAD = r"(?:road|rd|street|st|avenue|ave|lane|close|drive|crescent|terrace|court|gardens|grove|way|hill|place|walk|square)"
_APPS = r"(?:snap|snapchat|snapchap|insta|instagram|tiktok|discord|ig|fb|facebook|xbox|psn|roblox|whatsapp)"
_MAILS = r"(?:gmail|googlemail|hotmail|outlook|yahoo|icloud|live|aol|proton(?:mail)?|example)"
_DOT_COM = r"(?:\s?(?:\.|\bdot\b)\s?(?:com|co|uk|org|net)\b)"
_NOT_HANDLES = r"(?!(?:is|name|user|username|add|me|it|and|or|but|to|the|a|on|my|his|her|i|so|if|at|all|good|bad|down|broken|blocked|deleted|private|was|got|he|she|they|we|with|that|for|from|in|of|when|who|stuff|people|group|chat|friends|messages|story|stories)\b)"
_MORE: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("number", re.compile(r"(?<!\w)\d{3}[ -]?\d{3}[ -]?\d{4}(?!\w)")),
    ("phone", re.compile(r"(?<![\w+])\+\d{1,3}(?:[ .()-]?\d){7,12}(?!\w)")),
    ("phone", re.compile(r"(?<![\w.])\(?0\d{2,4}\)?(?:[ .-]?\d){6,8}(?!\w)")),
    ("phone", re.compile(r"(?<![\w.])(?:44[ -]?)?(?:0[ .-]?)?7(?:[ .-]?\d){9}(?!\w)")),
    ("phone", re.compile(r"\b(?:(?:oh|o|zero|nought|one|two|three|four|five|six|seven|eight|nine|double|triple)[ ,-]+){7,}\w+\b", re.IGNORECASE)),
    ("email", re.compile(rf"\b[\w.+-]{{2,64}}\s?(?:@|\(at\)|\[at\])\s?{_MAILS}\b{_DOT_COM}*", re.IGNORECASE)),
    ("email", re.compile(rf"\b(?:[\w.+-]{{2,64}}\s+at\s+{_MAILS}\s+dot\s+(?:com|co|net|org)|(?=\S{{0,40}}[\d_.])[\w.]{{2,40}}\s+at\s+{_MAILS}){_DOT_COM}*\b", re.IGNORECASE)),
    ("web", re.compile(r"(?<![@\w.])(?:[\w-]{1,63}\.){1,3}(?:com|co\.uk|org|org\.uk|net|gg|uk|io|tv|app|wales|cymru|me)\b(?:/[^\s<>\"']{0,200})?", re.IGNORECASE)),
    ("handle", re.compile(rf"\b{_APPS}\b(?:\s+(?:is|name|user|username|add|me|handle|account))*\s*[:=,-]?\s+(?P<part>[A-Za-z]*[\d_.][\w.]{{2,29}}\b)", re.IGNORECASE)),
    ("handle", re.compile(rf"\b{_APPS}(?:(?:\s+(?:name|user|username|handle))?\s+is|\s*[:=]|\s*-|,)\s+(?:@)?(?P<part>{_NOT_HANDLES}[A-Za-z][\w.]{{2,29}})", re.IGNORECASE)),
    ("handle", re.compile(rf"\badd (?:me|him|her)\s+on\s+{_APPS},?\s+(?P<part>{_NOT_HANDLES}[A-Za-z][\w.]{{2,29}})", re.IGNORECASE)),
    ("handle", re.compile(r"\b(?:[a-z]{2,20}_[a-z_]{0,20}\d[a-z\d_]{0,20}|[a-z]{3,20}_?x{1,2}\d{1,4})\b", re.IGNORECASE)),
    ("postcode", re.compile(r"\b[A-Za-z]{1,2}(?:\d[\dOoA-Za-z]?|[Oo]\d)\s{0,2}\d[A-Za-z]{2}\b")),
    ("date", re.compile(rf"\b\d{{1,2}}(?:st|nd|rd|th)?\s+(?:of\s+)?{_MONTH}(?:\s+(?:(?:19|20)\d{{2}}|'?\d{{2}}))?\b", re.IGNORECASE)),
    ("date", re.compile(rf"\b{_MONTH}\s+\d{{1,2}}(?:st|nd|rd|th)?(?:,?\s+(?:19|20)\d{{2}})?\b", re.IGNORECASE)),
    ("date", re.compile(r"\b(?:born(?:\s+in)?|dob|date of birth|birthday)\W{1,4}(?:is\s+|on\s+)?(?P<part>(?:19|20)?\d{2}(?:\d{2}){0,2})\b", re.IGNORECASE)),
    ("age", re.compile(r"\b\d{1,2}[\s-]?(?:years?[\s-]old|yrs?[\s-]old|yrs?\b|y/?o)\b(?!\s+(?:ago|wait|later))", re.IGNORECASE)),
    ("age", re.compile(rf"\b(?:i'?m|i’m|i am|aged?|turned|was|were|hes|shes|he's|she's|is)\s+(?:only\s+|just\s+|like\s+|nearly\s+)?{_TEENS}\b(?!\s+(?:per|out|minutes|mins|hours|days|weeks|months|times|people|of))", re.IGNORECASE)),
    ("age", re.compile(r"\b(?:i'?m|i’m|turned|when i was|hes|shes|since i was)\s+(?:only|just|like|nearly|about)?\s*(?:1\d|[5-9]|2[0-5])\b(?!\s*(?:%|per|out of|minutes|mins|hours|days|weeks|months|times))", re.IGNORECASE)),
    ("age", re.compile(r"\b(?:year|yr)\s?(?:[7-9]|1[0-3])s?\b(?!\s+(?:months|years))", re.IGNORECASE)),
    ("address", re.compile(rf"\b(?:flat\s+\d+[a-z]?,?\s+)?\d{{1,4}}[a-z]?\s+(?:[a-z][\w’'-]+\s+){{1,3}}?{_ROAD}\b", re.IGNORECASE)),
)  # fmt: skip


def by_pattern(text: str) -> Iterator[Found]:
    """Give where a pattern finds something and its kind: code points, end exclusive; places may overlap."""
    for found in identifiers_in(text):
        yield found.start, found.end, found.kind
    for kind, pattern in _MORE:
        for match in pattern.finditer(text):
            group = "part" if "part" in pattern.groupindex else 0
            yield match.start(group), match.end(group), kind
    yield from _places(text)


def _places(text: str) -> Iterator[Found]:
    for kind, pattern in _capital_places():
        for match in pattern.finditer(text):
            named = match["named"].casefold().replace("’", "'").split()
            if any(word not in _no_place() for word in named):
                yield match.start(), match.end(), kind
    for kind, pattern in _small_places():
        next_one = pattern.search(text)
        while next_one is not None:
            is_name = _is_a_place_name(next_one["named"])
            if is_name:
                yield next_one.start("named"), next_one.end(), kind
            next_one = pattern.search(text, next_one.end() if is_name else next_one.start("named"))
    for kind, pattern in _named_after():
        for match in pattern.finditer(text):
            yield match.start(), match.end(), kind
    yield from _towns(text)


def _towns(text: str) -> Iterator[Found]:
    one_word, more = _town_names()
    for match in _WORD.finditer(text):
        if match[0].lower() in one_word:
            yield match.start(), match.end(), "place"
    small = text.lower()
    for town in (one for one in more if one in small):
        for match in re.finditer(rf"\b{town}\b", text, re.IGNORECASE):
            yield match.start(), match.end(), "place"


def _is_a_place_name(named: str) -> bool:
    """Tell whether small words that follow "at", "to" and the like may name a place."""
    words = named.casefold().split()
    return not any(word in no_names() for word in words) and any(word not in _no_place() for word in words)


@functools.cache
def _no_place() -> frozenset[str]:
    return frozenset(lists().no_place_names)


@functools.cache
def _capital_places() -> tuple[tuple[str, re.Pattern[str]], ...]:
    named = r"(?P<named>(?:(?:St|Saint)\.?\s+)?[A-Z][\w’'-]+(?:\s+(?:of|the|and|&)?\s?[A-Z][\w’'-]+){0,3})\s+"
    written = {kind: f"(?i:{any_of(ends)})" for kind, ends in lists().places.items()}
    written["service"] = any_of(
        end.title() for end in lists().places["service"]
    )  # "Excellent service" is no name
    return tuple(
        (kind, re.compile(rf"\b{named}(?:{ends})(?:\s+(?i:estate|school|centre|sixth form))?\b"))
        for kind, ends in written.items()
    )


@functools.cache
def _small_places() -> tuple[tuple[str, re.Pattern[str]], ...]:
    before = r"\b(?:(?:at|to|from|in|on|near|by|outside|behind|off|opposite|down|attend|the)\s+){1,2}"
    named = rf"(?P<named>(?:[a-z][a-z’'-]+\s+){{1,{MOST_NAME_WORDS}}}?)"
    after = r"(?:\s+(?:estate|school|sixth form))?\b"
    return tuple(
        (kind, re.compile(f"{before}{named}(?:{any_of(set(ends) & set(lists().small))}){after}"))
        for kind, ends in lists().places.items()
    )


@functools.cache
def _named_after() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple(
        (kind, re.compile(rf"\b(?:{any_of(words)})\s+(?-i:[A-Z][\w’'-]+(?:\s+[A-Z][\w’'-]+)?|glan \w+|y \w+|[a-z]+ [a-z]+(?=\s*$))", re.IGNORECASE))
        for kind, words in lists().before_names.items()
    )  # fmt: skip


@functools.cache
def _town_names() -> tuple[frozenset[str], tuple[str, ...]]:
    return frozenset(lists().towns.split()), lists().two_word_towns
