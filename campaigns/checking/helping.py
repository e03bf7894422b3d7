"""Ways to help that a text names: routes, wrong numbers, contacts for other readers or nations."""

import re
from collections.abc import Iterator

from campaigns.checking.expressions import Expression
from campaigns.checking.findings import WHOLE_TEXT, Finding, Saying, Spot, finding_at
from campaigns.checking.reading import Reading, fold
from campaigns.checking.situation import Situation
from campaigns.materials.material import Material
from coprod.kernel.contacts import HelpContact, digits_of, is_fresh
from coprod.kernel.yamlfile import nearest

_NUMBER = re.compile(
    r"(?<![\w.£#-])(?:\+44[ ]?)?\(?0\d{2,4}\)?(?:[ -]?\d{2,6}){1,4}(?![\w%])|(?<![\w.£-])(?:1\d{2} ?\d{3}|\d{5})(?![\w%])"
)
_DIGITS = re.compile("[0-9] ?[0-9]")
_PEOPLE = re.compile(
    r"\b(?:teacher|tutor|nurse|doctor|gp|youth worker|social worker|support worker|counsellor|key worker|trusted adult"
    r"|adult (?:you|they) trust|someone (?:you|they) (?:trust|choose)|safeguarding lead|safeguarding team|children's services"
    r"|children's social care|police|helpline|friend|parents?|carers?|specialist (?:service|team)|our team|drop-in|worker)\b"
)
_TOLD_WHOM = Expression(
    r"(?P<ruled_out>\b(?:no|not|never|don't|nobody|needn't|without|before|than|rather|won't|cannot|can't|if)\b[^.!?\n]{0,40})?"
    r"\b(?:tell|tells|talk to|speak to|ring|call|dial|contact|report|refer|phone|text|take it to|pass (?:it|this|anything|that) on to"
    r"|alert|inform|log it with|go to|see|ask|write to|reach|get hold of)\b[^.!?\n]{0,50}?"
    r"\b(?:police|999|101|safeguarding|designated|dsl|children's (?:services|social care)|social (?:work\w*|care|services)"
    r"|childline|nspcc|helpline|crimestoppers|samaritans|licensing|your manager|barnardo\w*)\b"
)
_OWN_FAMILY = {"parent", "parents", "carer", "carers", "friend"}
_SOURCE = "the registry of help contacts"


def help_findings(reading: Reading, situation: Situation) -> Iterator[Finding]:
    """Give what is wrong with the help a text names: wrong or ended numbers, unknown or unsuitable contacts."""
    yield from _declared(reading, situation)
    for number in reading.body:
        yield from _numbers(reading, situation, number)


def has_help_contact(reading: Reading, situation: Situation) -> bool:
    """Tell whether readers find a help contact that is for them: declared, or named with its number or page.

    For families two kinds of people to turn to will do.
    """
    if situation.audience == "families" and routes_to_help(reading, situation) >= 2:
        return True
    return names_help_contact(reading, situation)


def names_help_contact(reading: Reading, situation: Situation) -> bool:
    """Tell whether a help contact that is for these readers is declared, or named with its number or page."""
    front = reading.material.front
    if front and any(
        contact.id in front.contacts and situation.suits(contact) for contact in _known(situation)
    ):
        return True
    text = reading.body_text
    all_digits = digits_of(text)
    named = any(
        digits in all_digits
        for contact in _known(situation)
        if situation.suits(contact) and contact.id != "emergency"
        for digits in (digits_of(contact.call), digits_of(contact.text))
        if digits
    )
    has_number = any(len(digits_of(match.group())) >= 5 for match in _NUMBER.finditer(text))
    is_linked = (
        re.search(r"(?:https?://|www\.)\S|\b\w{1,60}\.(?:org|nhs|gov)(?:\.uk)?\b|@[\w-]{1,60}\.", text)
        is not None
    )
    return named or has_number or (is_linked and re.search(r"help|support|talk|contact", text) is not None)


def tells_whom_to_tell(reading: Reading) -> bool:
    """Tell whether readers are told to turn to somebody whose work it is to help, with a number or without."""
    return any(not match["ruled_out"] for match in _TOLD_WHOM.finditer(reading.body_text))


def routes_to_help(reading: Reading, situation: Situation) -> int:
    """Count the different ways to help: contacts declared or named, numbers, and kinds of people to talk to."""
    front = reading.material.front
    text = reading.body_text
    contacts = {
        contact.id
        for contact in _known(situation)
        if (front and contact.id in front.contacts) or fold(contact.name) in text
    }
    numbers = {digits_of(match.group()) for match in _NUMBER.finditer(text)}
    people = set(_PEOPLE.findall(text)) - (_OWN_FAMILY if situation.audience == "families" else set())
    return len(contacts) + len(numbers) + len(people)


def _known(situation: Situation) -> tuple[HelpContact, ...]:
    return situation.registry.contacts


def _declared(reading: Reading, situation: Situation) -> Iterator[Finding]:
    material = reading.material
    if material.front is None:
        return
    known = {contact.id: contact for contact in _known(situation)}
    for number, name in enumerate(material.front.contacts):
        contact = known.get(name)
        if contact is None:
            yield _at_front(
                material,
                number,
                "contact-unknown",
                f"There is no help contact `{name}`.",
                nearest(name, known),
            )
        elif not situation.suits(contact):
            message = f"{contact.name} is not for {situation.audience} in {situation.nation}."
            mend = f"Name one of: {', '.join(one.id for one in _known(situation) if situation.suits(one))}."
            yield _at_front(material, number, "contact-unsuitable", message, mend)
        elif name in situation.confirmed and not is_fresh(situation.confirmed[name], situation.today):
            message = f"{contact.name} was last confirmed on {situation.confirmed[name].isoformat()}."
            yield _at_front(
                material,
                number,
                "contact-stale",
                message,
                f"Run `coprod contacts confirm {name}`.",
                is_block=False,
            )


def _at_front(
    material: Material, number: int, rule: str, message: str, instead: str, *, is_block: bool = True
) -> Finding:
    """Give a finding about an entry of `contacts` in the front matter."""
    place = material.front_place("contacts", number)
    text = material.front.contacts[number] if material.front else ""
    severity = "block" if is_block else "warn"
    return Finding(
        rule,
        "block" if severity == "block" else "warn",
        place.line,
        place.column,
        place.line,
        place.column + len(text),
        text,
        message,
        instead,
        _SOURCE,
        "structure",
    )


def _numbers(reading: Reading, situation: Situation, number: int) -> Iterator[Finding]:
    text = reading.blocks[number].text
    for match in _NUMBER.finditer(text) if _DIGITS.search(text) else ():
        fault = _fault(reading, situation, number, match)
        if fault is not None:
            message, instead = fault
            saying = Saying("contact-number", "block", message, instead, _SOURCE, "structure")
            yield finding_at(reading, Spot(number, match.start(), match.end()), saying)


def _fault(
    reading: Reading, situation: Situation, number: int, match: re.Match[str]
) -> tuple[str, str] | None:
    """Say what is wrong with a printed number, and the right one: ended, mistyped, or of another nation."""
    digits = digits_of(match.group())
    for ended, note in situation.registry.ended.items():
        if digits == digits_of(ended):
            return f"This number has ended: {note}.", "Take it out and name a contact that works."
    by_number = {
        digits_of(call): contact
        for contact in _known(situation)
        for call in (contact.call, contact.text)
        if call
    }
    if digits in by_number:
        contact = by_number[digits]
        if situation.nation and situation.nation not in contact.nations:
            return (
                f"{contact.name} is for {', '.join(contact.nations)} only.",
                "Name a contact for this nation.",
            )
        return None
    return _mistyped(reading, situation, number, match)


def _mistyped(
    reading: Reading, situation: Situation, number: int, match: re.Match[str]
) -> tuple[str, str] | None:
    """Say that the number right behind a contact's name is not that contact's."""
    before = reading.block_text(number)[max(0, match.start() - 40) : match.start()]
    for contact in _known(situation):
        name = fold(contact.name)
        right = [one for one in (contact.call, contact.text) if one]
        named = before.rfind(name)
        others = any(
            before.rfind(fold(other.name)) > named for other in _known(situation) if other is not contact
        )
        has_its_number = named >= 0 and _NUMBER.search(before, named)
        if named >= 0 and not others and not has_its_number and right and contact.id != "emergency":
            return f"This is not the number of {contact.name}.", f"{contact.name} is {' or '.join(right)}."
    return None


def missing_help(reading: Reading, severity: str) -> Finding:
    """Give the finding for a text without a help contact."""
    saying = Saying(
        "help-contact",
        "block" if severity == "block" else "warn",
        "No help contact for these readers.",
        "Name at least one, such as Childline 0800 1111, and 999 for danger.",
        _SOURCE,
        "structure",
    )
    return finding_at(reading, WHOLE_TEXT, saying)
