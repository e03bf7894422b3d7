"""The pages before the first question, in words: what this is, who reads it, what saying yes means, how to hide."""

from coprod.kernel.wording import Language, Wording
from surveys.interviews.actions import action, always
from surveys.interviews.beginning import about_step, understanding_question
from surveys.interviews.events import Back, Continue, Decline, Event, Skip, Stop
from surveys.interviews.pages import Page, PageAction, PageChoice
from surveys.interviews.phrases import phrases
from surveys.interviews.state import Interview

YOUNGEST_TEENAGER, YOUNGEST_ADULT = 13, 16  # of an age band's youngest, for the words of consent


def about_page(interview: Interview) -> Page:
    """Give the page to show before the first question."""
    words = phrases().about
    match about_step(interview):
        case "age":
            return _age_page(interview)
        case "purpose":
            return _told(interview, words.purpose, _purpose(interview))
        case "who-reads":
            return _told(interview, words.who_reads, _said(interview, _who_reads(interview), *words.limits))
        case "understanding":
            return _understanding_page(interview)
        case "start":
            ways = {"full-screen": words.hide_full_screen, "plain": words.hide_plain, "page": words.hide_page}
            lines = _said(interview, *ways[interview.front], *_consent(interview), words.once_more)
            return _told(interview, words.hide, lines, starts=True)


def _told(interview: Interview, heading: Wording, lines: tuple[str, ...], *, starts: bool = False) -> Page:
    actions = phrases().actions
    onward = actions.start if starts else actions.go_on
    back = (action(interview, Back()),) if interview.place else ()
    others = always(interview)
    if starts:
        no_thanks = actions.no_thanks.into(interview.language)
        others = tuple(
            PageAction(one.event, no_thanks, one.key, main=True) if isinstance(one.event, Stop) else one
            for one in others
        )
    return Page(
        stage="about",
        kind="about",
        language=interview.language,
        heading=heading.into(interview.language),
        paragraphs=lines,
        actions=(PageAction(Continue(), onward.into(interview.language), "", main=True), *back, *others),
    )


def _purpose(interview: Interview) -> tuple[str, ...]:
    words, language, asked = phrases().about, interview.language, interview.questionnaire
    return (
        asked.title.into(language),
        asked.purpose.into(language),
        words.made_by.into(language).replace("{name}", asked.made_by.into(language)),
        words.minutes.into(language).replace("{minutes}", str(asked.minutes)),
        words.your_choice.into(language),
    )


def _who_reads(interview: Interview) -> Wording:
    return interview.questionnaire.who_reads or phrases().about.someone_reads


def _consent(interview: Interview) -> tuple[Wording, ...]:
    """Give what saying yes means to this age band; to the youngest asked, where no band is chosen."""
    bands = (interview.band,) if interview.band else interview.questionnaire.ages
    youngest = min(int(band.partition("-")[0]) for band in bands)
    words = phrases().about.consent
    if youngest < YOUNGEST_TEENAGER:
        return words.child
    return words.teenager if youngest < YOUNGEST_ADULT else words.adult


def _age_page(interview: Interview) -> Page:
    words, language = phrases().about.age, interview.language
    events: tuple[Event, ...] = (Continue(), Decline(), *((Back(),) if interview.place else ()))
    return Page(
        stage="about",
        kind="age",
        language=language,
        heading=words.heading.into(language),
        paragraphs=_said(interview, *words.lines),
        choices=tuple(
            PageChoice(band, _band_words(band, language), chosen=band == interview.band)
            for band in interview.questionnaire.ages
        ),
        actions=(*(action(interview, event) for event in events), *always(interview)),
    )


def _band_words(band: str, language: Language) -> str:
    youngest, _, oldest = band.partition("-")
    return phrases().about.age.band.into(language).format(youngest=youngest, oldest=oldest)


def _understanding_page(interview: Interview) -> Page:
    """Give one question of the understanding check; after any answer it says what is true."""
    words, language = phrases().about.understanding, interview.language
    asked = understanding_question(interview)
    is_right = any(one.id == interview.picked and one.right for one in asked.choices)
    who_reads = _who_reads(interview).into(language)
    because = asked.because.into(language).replace("{who_reads}", who_reads)
    right = f"{words.right.into(language)} " if is_right else ""
    events = (Continue(), Skip(), Back())
    return Page(
        stage="about",
        kind="understanding",
        language=language,
        heading=asked.ask.into(language),
        question=f"understanding-{interview.place}",
        paragraphs=_said(interview, words.heading),
        choices=tuple(
            PageChoice(one.id, one.label.into(language), chosen=one.id == interview.picked)
            for one in asked.choices
        ),
        notice=f"{right}{because}" if interview.picked else "",
        actions=(*(action(interview, event) for event in events), *always(interview)),
    )


def _said(interview: Interview, *wordings: Wording) -> tuple[str, ...]:
    return tuple(one.into(interview.language) for one in wordings)
