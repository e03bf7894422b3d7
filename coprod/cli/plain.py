"""The plain line mode: the same interview as numbered lines and one prompt, for screen readers and braille."""

import gc
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from itertools import cycle
from types import FrameType
from typing import Literal

from coprod.cli.plainpages import contact_lines, events_for, lines_of
from coprod.cli.plainpausing import (
    KEY,
    LockedAwayError,
    brought_back,
    lock_away,
    may_pause,
    nothing_back,
    offered_back,
    way_to_pause,
)
from coprod.cli.plainterminal import Terminal, keeps_here
from coprod.journeys.asking.visit import KioskPlan, Receipt
from coprod.journeys.asking.visit_words import key_card_lines
from coprod.kernel.problem import CoprodError, RefusedError
from coprod.kernel.wording import Language, Wording
from coprod.screenguard import cleared_if_killed
from surveys.interviews.events import Continue, Stop, Write
from surveys.interviews.interview import Interview, Page, begin, page, records, step, words_wanted
from surveys.interviews.page_words import contacts_in
from surveys.interviews.phrases import phrases
from surveys.questionnaires.questionnaire import languages_offered

ENDED = frozenset({"sent", "erased"})
_NAMES: dict[Language, str] = {"en": "English", "cy": "Cymraeg"}


def hand_round(plan: KioskPlan, terminal: Terminal) -> None:
    """Run one interview after another until the staff word is typed on the ready page.

    Raises RefusedError where the terminal would keep what one person saw for the next.
    """
    if reason := keeps_here():
        raise RefusedError(f"plain hand-round: {reason}")
    with undisturbed(terminal):
        while (came := _who_came(plan, terminal)) != "staff":
            _visit(plan, terminal, came if isinstance(came, Interview) else None)
            came = "new"  # nothing of the last person stays
            gc.collect()


def one_interview(plan: KioskPlan, terminal: Terminal) -> None:
    """Run one interview and wipe it; for a preview this may also be a pipe."""
    with undisturbed(terminal):
        _visit(plan, terminal)


def walk(interview: Interview, terminal: Terminal, plan: KioskPlan | None = None) -> Interview:
    """Drive an interview to its end by typed lines. No more input stops and erases.

    With a plan that knows pause words it can be locked away instead: that raises LockedAwayError.
    """
    before: tuple[str, ...] = ()
    while interview.stage not in ENDED:
        shown = page(interview)
        place = (shown.kind, shown.heading, shown.question, shown.progress)
        whole = (*lines_of(shown), *way_to_pause(plan, interview))
        terminal.say(*(whole if place != before or not shown.notice else ("", shown.notice)))
        before = place
        interview = _answered(interview, shown, terminal, plan)
    return interview


def _answered(interview: Interview, shown: Page, terminal: Terminal, plan: KioskPlan | None) -> Interview:
    """Read lines until one of them means something, and give the interview after it."""
    while True:
        typed = terminal.read()
        if typed is None:
            return step(interview, Stop())
        if plan is not None and may_pause(plan, interview) and typed.strip().lower() == KEY:
            lock_away(plan, interview, terminal)
            continue
        if events := events_for(shown, typed):
            break
        terminal.say(phrases().plain.unknown.into(shown.language))
    for event in events:
        interview = step(interview, event)
        if isinstance(event, Write) and page(interview).text.strip():
            return _after_words(interview, event, terminal)
    return interview


def _after_words(interview: Interview, written: Write, terminal: Terminal) -> Interview:
    """Ask about what was just written: may it be quoted. The words are not repeated."""
    words, shown = phrases().plain, page(interview)
    notes = (line for line in (shown.notice, shown.hint, words.may_we.into(shown.language)) if line)
    terminal.say("", *notes, *_numbered(shown.language, words.quote_yes, words.quote_no, words.write_again))
    while (typed := terminal.read()) is not None:
        answer = typed.strip().lower()
        if answer in {"1", "2"}:
            return step(step(interview, Write(written.text, may_quote=answer == "1")), Continue())
        if answer == "3":
            return step(interview, Write(""))
        for action in shown.actions:
            if answer and answer == action.key:
                return step(interview, action.event)
        terminal.say(words.unknown.into(shown.language))
    return step(interview, Stop())


def _visit(plan: KioskPlan, terminal: Terminal, back: Interview | None = None) -> None:
    """Take one person from the choice of language, or from where they paused, to a cleared screen.

    Ctrl+C before sending erases.
    """
    language = back.language if back is not None else plan.languages[0]
    try:
        language = language if back is not None else _language(plan, terminal)
        terminal.say(*_labels(plan, language))
        ended = walk(back or _begun(plan, language), terminal, plan)
    except LockedAwayError:
        terminal.wipe()
        return
    except KeyboardInterrupt:
        ended = step(_begun(plan, language), Stop())
    try:
        _finish(plan, ended, terminal)
    finally:
        terminal.wipe()


def _begun(plan: KioskPlan, language: Language) -> Interview:
    return begin(
        plan.questionnaire,
        language,
        shuffled=plan.shuffled,
        languages=plan.languages,
        contacts=plan.contacts,
        front="plain",
        offers_words=plan.gives_words,
    )


def _language(plan: KioskPlan, terminal: Terminal) -> Language:
    """Give the language a person picks, or the first when there is only one or no more input."""
    names = [f"{place}. {_NAMES[one]}" for place, one in enumerate(plan.languages, 1)]
    if len(names) == 1:
        return plan.languages[0]
    terminal.say("", *(phrases().plain.language.into(one) for one in plan.languages), *names)
    while (typed := terminal.read()) is not None:
        if typed.strip() in {"1", "2"}:
            return plan.languages[int(typed) - 1]
        terminal.say(*(phrases().plain.unknown.into(one) for one in plan.languages))
    return plan.languages[0]


def _labels(plan: KioskPlan, language: Language) -> tuple[str, ...]:
    words = phrases().plain
    labels = {"preview": (words.preview,), "simulated": (words.simulated,), "": ()}[plan.label]
    unread = "cy" in plan.languages and "cy" not in languages_offered(plan.questionnaire)
    return _into(language, *labels, *((words.welsh_draft,) if unread else ()))


def _finish(plan: KioskPlan, ended: Interview, terminal: Terminal) -> None:
    """Save what was sent, say what became of it, and wait until the person is done reading."""
    language, end, words = ended.language, phrases().end, phrases().plain
    kept, receipt = _kept(plan, ended, terminal) if ended.stage == "sent" else (False, None)
    said = (end.sent, *end.sent_lines) if kept else (end.erased, *end.erased_lines)
    saved = (words.saved,) if kept and plan.label != "preview" else ()
    with suppress(KeyboardInterrupt):
        terminal.say("", *_into(language, *saved, *said))
        terminal.say(
            "", *(line for one in contacts_in(plan.contacts, language) for line in contact_lines(one))
        )
        if receipt is not None:
            _give_words(receipt, language, terminal)
        _pass_time(language, terminal)


def _pass_time(language: Language, terminal: Terminal) -> None:
    """Stay as long as the person likes, so that nobody sees who stopped early or was done first."""
    words, pastimes = phrases().plain, phrases().end.pastimes
    terminal.say("", words.pass_time.into(language), words.finish.into(language))
    for pastime in cycle(pastimes):
        if (terminal.read() or "").strip().lower() != "a":
            return
        terminal.say("", pastime.into(language), words.finish.into(language))


def _kept(plan: KioskPlan, ended: Interview, terminal: Terminal) -> tuple[bool, Receipt | None]:
    """Tell whether the records are safe, with the receipt; the person decides what follows a failure."""
    words = phrases().plain
    while True:
        try:
            with _uninterrupted():
                return True, plan.save(records(ended, plan.sha256), words_wanted(ended))
        except CoprodError:
            options = _numbered(ended.language, words.try_again, words.throw_away)
            terminal.say("", words.failed.into(ended.language), *options)
        try:
            wanted = terminal.read() or "2"
        except KeyboardInterrupt:
            wanted = "2"
        if wanted.strip() == "2":
            return False, None


def _give_words(receipt: Receipt, language: Language, terminal: Terminal) -> None:
    """Show the four words twice: people go on before they have written them down."""
    words = phrases().plain
    until = words.take_back.into(language).replace("{date}", receipt.until.strftime("%d/%m/%Y"))
    four = " ".join(receipt.words)
    terminal.say(
        "", until, words.take_back_limits.into(language), "", four, "", words.once_more.into(language)
    )
    terminal.read()
    terminal.say("", four)


def _who_came(plan: KioskPlan, terminal: Terminal) -> Interview | Literal["new", "staff"]:
    """Show the ready page until somebody starts, comes back, or staff leave. What is typed is not shown."""
    said: tuple[str, ...] = ()
    while True:
        terminal.wipe()
        first = plan.languages[0]
        ready = (*(phrases().plain.ready.into(one) for one in plan.languages), *offered_back(plan))
        terminal.say(*said, *_labels(plan, first), *ready, *key_card_lines(plan.sealed_to, "en"))
        try:
            typed = terminal.read_hidden()
        except KeyboardInterrupt:
            continue
        if typed == "":
            return "new"
        if typed is not None and plan.is_staff_word(typed):
            return "staff"
        if typed is not None and (back := brought_back(plan, typed)) is not None:
            return back
        said = nothing_back(plan, typed or "")


def _numbered(language: Language, *wordings: Wording) -> tuple[str, ...]:
    return tuple(f"{place}. {said}" for place, said in enumerate(_into(language, *wordings), 1))


def _into(language: Language, *wordings: Wording) -> tuple[str, ...]:
    return tuple(one.into(language) for one in wordings)


@contextmanager
def undisturbed(terminal: Terminal) -> Iterator[None]:
    """Let no key suspend the program or drop a core, and wipe on every way out, even where it is killed."""
    ignored = [getattr(signal, name) for name in ("SIGTSTP", "SIGQUIT") if hasattr(signal, name)]
    before = {number: signal.signal(number, signal.SIG_IGN) for number in ignored}
    before[signal.SIGTERM] = signal.signal(signal.SIGTERM, _leave)
    try:
        with cleared_if_killed():
            yield
    finally:
        terminal.wipe()
        for number, handler in before.items():
            signal.signal(number, handler)


@contextmanager
def _uninterrupted() -> Iterator[None]:
    """Let Ctrl+C wait until saving has come back."""
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def _leave(number: int, frame: FrameType | None) -> None:
    del frame
    sys.exit(128 + number)
