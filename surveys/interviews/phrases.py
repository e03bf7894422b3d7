"""The words an interview itself speaks, in every language: data in phrases.yaml."""

from functools import cache
from importlib import resources
from typing import Literal

from msgspec import Struct

from coprod.kernel.wording import Wording
from coprod.kernel.yamlfile import load_yaml_text
from surveys.questionnaires.questions import SOMETHING_ELSE, Choice


class ScalePoint(Struct, frozen=True, forbid_unknown_fields=True):
    """One point of a fixed scale: words first, a face in ASCII beside them where the scale has faces."""

    id: str
    label: Wording
    face: str = ""


class Scales(Struct, frozen=True, forbid_unknown_fields=True):
    """The fixed scales, each symmetric around its middle and always shown in this order."""

    faces: tuple[ScalePoint, ...]
    likert: tuple[ScalePoint, ...]
    frequency: tuple[ScalePoint, ...]


class UnderstandingChoice(Struct, frozen=True, forbid_unknown_fields=True):
    """One answer to a question of the understanding check."""

    id: str
    label: Wording
    right: bool = False


class UnderstandingQuestion(Struct, frozen=True, forbid_unknown_fields=True):
    """A question about what was just read. `because` says it again; `{who_reads}` is the questionnaire's own line."""

    ask: Wording
    choices: tuple[UnderstandingChoice, ...]
    because: Wording


class Understanding(Struct, frozen=True, forbid_unknown_fields=True):
    """The understanding check: nobody fails it, and nothing of it is kept."""

    heading: Wording
    right: Wording
    questions: tuple[UnderstandingQuestion, ...]


class Consent(Struct, frozen=True, forbid_unknown_fields=True):
    """What saying yes means, in the words of an age band: up to 12, 13 to 15, 16 and over. Nothing is signed."""

    child: tuple[Wording, ...]
    teenager: tuple[Wording, ...]
    adult: tuple[Wording, ...]


class AgePhrases(Struct, frozen=True, forbid_unknown_fields=True):
    """The page that asks for an age band so that words fit. `band` holds {youngest} and {oldest}."""

    heading: Wording
    lines: tuple[Wording, ...]
    band: Wording


class AboutPhrases(Struct, frozen=True, forbid_unknown_fields=True):
    """The pages before the first question."""

    purpose: Wording
    made_by: Wording
    minutes: Wording
    your_choice: Wording
    who_reads: Wording
    someone_reads: Wording
    limits: tuple[Wording, ...]
    hide: Wording
    hide_full_screen: tuple[Wording, ...]
    hide_plain: tuple[Wording, ...]
    once_more: Wording
    age: AgePhrases
    consent: Consent
    understanding: Understanding
    hide_page: tuple[Wording, ...]


class ActionPhrases(Struct, frozen=True, forbid_unknown_fields=True):
    """What each key or button says."""

    start: Wording
    go_on: Wording
    skip: Wording
    skip_part: Wording
    decline: Wording
    back: Wording
    change: Wording
    go_to_end: Wording
    language: Wording
    help: Wording
    close_help: Wording
    send: Wording
    no_words: Wording
    want_words: Wording
    throw_away: Wording
    stop: Wording
    no_thanks: Wording


class NoticePhrases(Struct, frozen=True, forbid_unknown_fields=True):
    """One kind sentence about what was just pressed."""

    nothing_chosen: Wording
    shortened: Wording
    identifiers: Wording


class EndPhrases(Struct, frozen=True, forbid_unknown_fields=True):
    """Look-back page and last pages."""

    look_back: Wording
    look_back_lines: tuple[Wording, ...]
    words_follow: tuple[Wording, ...]
    no_words_follow: Wording
    declined: Wording
    skipped: Wording
    not_reached: Wording
    wrote: Wording
    sent: Wording
    sent_lines: tuple[Wording, ...]
    erased: Wording
    erased_lines: tuple[Wording, ...]
    marked: Wording
    pastimes: tuple[Wording, ...]


class HelpPhrases(Struct, frozen=True, forbid_unknown_fields=True):
    """The help page."""

    heading: Wording
    lines: tuple[Wording, ...]
    card: Wording
    card_lines: tuple[Wording, ...]
    call: Wording
    text: Wording
    web: Wording
    hours: Wording


class PagePhrases(Struct, frozen=True, forbid_unknown_fields=True):
    """What stands around a question. `progress` and `pair` hold {number} and {total}.

    `most` and `least` label the ends of a best-worst question; `end_label` holds {end} and {label}, `over_label`
    {chosen} and {other}, `mark_label` {word}, {number} and {mark}.
    """

    progress: Wording
    progress_about: Wording
    last: Wording
    choose_one: Wording
    choose_many: Wording
    ranking: Wording
    number: Wording
    quote: Wording
    something_else: Wording
    best_worst: Wording
    paired: Wording
    pair: Wording
    highlighter: Wording
    most: Wording
    least: Wording
    keep: Wording
    lose: Wording
    confusing: Wording
    end_label: Wording
    over_label: Wording
    mark_label: Wording
    no_hurry: Wording
    made_a_start: Wording
    half_way: Wording
    nearly_there: Wording


class PlainPhrases(Struct, frozen=True, forbid_unknown_fields=True):
    """What only the plain line mode says. `chosen`, `placed` and `marked` hold {label}, `take_back` holds {date}."""

    preview: Wording
    simulated: Wording
    welsh_draft: Wording
    ready: Wording
    language: Wording
    enter: Wording
    type_one: Wording
    type_many: Wording
    type_order: Wording
    type_number: Wording
    type_ends: Wording
    type_marks: Wording
    passage: Wording
    type_words: Wording
    type_change: Wording
    chosen: Wording
    placed: Wording
    marked: Wording
    written: Wording
    may_we: Wording
    quote_yes: Wording
    quote_no: Wording
    write_again: Wording
    unknown: Wording
    failed: Wording
    try_again: Wording
    throw_away: Wording
    saved: Wording
    take_back: Wording
    take_back_limits: Wording
    once_more: Wording
    finish: Wording
    pass_time: Wording


class Phrases(Struct, frozen=True, forbid_unknown_fields=True):
    """Everything the interview says that no questionnaire says for it."""

    format: Literal[1]
    scales: Scales
    about: AboutPhrases
    actions: ActionPhrases
    notices: NoticePhrases
    end: EndPhrases
    help: HelpPhrases
    page: PagePhrases
    plain: PlainPhrases


@cache
def phrases() -> Phrases:
    """Give the phrases that come with coprod."""
    text = resources.files("surveys.interviews").joinpath("phrases.yaml").read_text("utf-8")
    return load_yaml_text(text, "phrases.yaml", Phrases).value


def scale_of(kind: str) -> tuple[ScalePoint, ...]:
    """Give the points of a scale's kind, lowest first; nothing for other kinds."""
    scales = phrases().scales
    points = {"faces": scales.faces, "likert": scales.likert, "frequency": scales.frequency}
    return points.get(kind, ())


def something_else() -> Choice:
    """Give the choice that `something_else: true` adds, last and never shuffled."""
    return Choice(SOMETHING_ELSE, phrases().page.something_else)
