"""When help is open, read from the words a contact is printed with; what cannot be read is said to be so."""

import re
from datetime import datetime, timedelta

from msgspec import Struct

_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_ALWAYS = re.compile(
    r"(?:open )?(?:day and night|24 hours(?: a day)?(?:,? (?:7 days a week|every day))?|24/7|always)"
)
_CLOCK = r"(midday|noon|midnight|\d{1,2}(?:[:.]\d{2})?\s*(?:am|pm)?)"
_SPAN = re.compile(rf"{_CLOCK}\s*(?:to|-|–|until|and)\s*{_CLOCK}")
_DAY = r"(mon|tue|wed|thu|fri|sat|sun)[a-z]*"
_DAYS_SPAN = re.compile(rf"{_DAY}\s*(?:to|-|–)\s*{_DAY}")
_FILLING = re.compile(r"\b(?:open|from|between|every day|daily|and|weekdays|weekends)\b|[\s,;.()]")
_DAY_MINUTES = 24 * 60


class Hours(Struct, frozen=True):
    """Opening hours: days of the week from Monday as 0, and minutes of the day; an end past 1,440 is tomorrow's."""

    days: frozenset[int]
    opens: int
    closes: int


def hours_in(words: str) -> Hours | None:
    """Give the hours in English words such as "8am to midnight" or "Monday to Friday, 9am to 5pm"; None where unread."""
    said = words.strip().lower()
    if _ALWAYS.fullmatch(said):
        return Hours(frozenset(range(7)), 0, _DAY_MINUTES)
    spans = list(_SPAN.finditer(said))
    if len(spans) != 1:
        return None
    opens, closes = (_minutes(clock) for clock in spans[0].groups())
    rest = said[: spans[0].start()] + " " + said[spans[0].end() :]
    days, rest = _days(rest)
    if opens is None or closes is None or _FILLING.sub("", rest):
        return None
    return Hours(days, opens, closes if closes > opens else closes + _DAY_MINUTES)


def is_open(hours: Hours, begins: datetime, lasts: timedelta) -> bool:
    """Tell whether help is open from a moment for all of a stretch of less than a day."""
    begin = begins.hour * 60 + begins.minute
    end = begin + int(lasts.total_seconds() // 60)
    if hours.days == frozenset(range(7)) and hours.closes - hours.opens >= _DAY_MINUTES:
        return True
    today, yesterday = begins.weekday(), (begins.weekday() - 1) % 7
    in_today = today in hours.days and hours.opens <= begin and end <= hours.closes
    shift = _DAY_MINUTES
    return in_today or (
        yesterday in hours.days and hours.opens <= begin + shift and end + shift <= hours.closes
    )


def _days(words: str) -> tuple[frozenset[int], str]:
    """Give the days some words name, every day where they name none, and what is left of the words."""
    span = _DAYS_SPAN.search(words)
    if span:
        first, last = (_DAYS.index(day) for day in span.groups())
        days = {(first + step) % 7 for step in range((last - first) % 7 + 1)}
        return frozenset(days), words[: span.start()] + words[span.end() :]
    if "weekdays" in words:
        return frozenset(range(5)), words
    named = {_DAYS.index(found) for found in re.findall(rf"\b{_DAY}\b", words)}
    return frozenset(named) or frozenset(range(7)), re.sub(rf"\b{_DAY}\b", "", words)


def _minutes(clock: str) -> int | None:
    if clock in {"midday", "noon", "midnight"}:
        return 0 if clock == "midnight" else 12 * 60
    found = re.fullmatch(r"(\d{1,2})(?:[:.](\d{2}))?\s*(am|pm)?", clock)
    if found is None:
        return None
    hour, minute, half = int(found[1]), int(found[2] or 0), found[3]
    if hour > (12 if half else 24) or minute > 59:
        return None
    return (hour % 12 + (12 if half == "pm" else 0) if half else hour) * 60 + minute
