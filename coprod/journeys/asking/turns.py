"""What follows from what: a visit and an act give the next visit."""

from msgspec.structs import replace

from coprod.journeys.asking.picking import event_for
from coprod.journeys.asking.visit import (
    Act,
    Asking,
    AskingIfStill,
    CameBack,
    ChoosingLanguage,
    ColourCard,
    ComingBack,
    Confirming,
    Covered,
    GoneQuiet,
    GoneStill,
    Helping,
    Hide,
    KeptDraft,
    KeptFailed,
    KeptSafe,
    KioskPlan,
    Leaving,
    Move,
    NotSaved,
    Paused,
    Pausing,
    Pick,
    Practising,
    Press,
    Ready,
    Recalling,
    Saved,
    Saving,
    StaffDoor,
    StaffWordWrong,
    Visit,
)
from coprod.kernel.wording import Language
from surveys.interviews.events import (
    Continue,
    Event,
    Stop,
    SwitchLanguage,
    ThrowAway,
    Write,
)
from surveys.interviews.interview import Interview, begin, page, step

COVERED_STAGES = frozenset({"questions", "look-back"})


def turn(visit: Visit, act: Act, plan: KioskPlan) -> Visit:  # noqa: PLR0911  one line for each kind of act
    """Give the visit after an act. An act that does not fit where the visit stands changes nothing."""
    match act:
        case Hide():
            return hidden(visit)
        case GoneQuiet():
            return _quiet(visit)
        case GoneStill():
            return _still(visit)
        case KeptSafe() | KeptFailed():
            return _saving_done(visit, act)
        case KeptDraft() | CameBack():
            return _pause_done(visit, act)
        case StaffWordWrong():
            return StaffDoor(is_wrong=True) if isinstance(visit, StaffDoor) else visit
        case Press() | Pick() | Move():
            return _touched(visit, act, plan)
        case SwitchLanguage(language=language) if not isinstance(visit, Asking):
            return in_language(visit, language) if language in plan.languages else visit
        case _:
            return _asked(visit, act) if isinstance(visit, Asking) else visit


def _saving_done(visit: Visit, act: KeptSafe | KeptFailed) -> Visit:
    """Give what follows once saving has come back, in front of the person or behind what they covered it with."""
    match visit:
        case Saving():
            return _kept(visit, act)
        case Recalling(asking=Saving() as saving):
            return Recalling(_kept(saving, act))
        case Covered(then=Recalling(asking=Saving() as saving)):
            return Covered(Recalling(_kept(saving, act)))
        case _:
            return visit


def _kept(saving: Saving, act: KeptSafe | KeptFailed) -> Saved | NotSaved:
    """Give the page after saving. What is safe in the box is forgotten here: a cover may stay up for hours."""
    if isinstance(act, KeptFailed):
        return NotSaved(saving.interview, saving.picture)
    return Saved(replace(saving.interview, answers={}), act.receipt, picture=saving.picture)


def _pause_done(visit: Visit, act: KeptDraft | CameBack) -> Visit:
    """Give what follows once a draft was locked away or opened."""
    match visit, act:
        case Pausing(asking=asking), KeptDraft(words=words):
            return Paused(asking.interview.language, words) if words else Pausing(asking, has_failed=True)
        case ComingBack(), CameBack(interview=interview):
            return ComingBack(is_wrong=True) if interview is None else Asking(interview, "")
        case _:
            return visit


def hidden(visit: Visit) -> Visit:
    """Give the visit after hiding: everything is gone, but on the practice page, where there is nothing yet.

    What was sent is sent: hiding then only covers, and the picture brings the four words, which are nowhere else.
    """
    match visit:
        case Practising():
            return Covered(Practising(visit.language, visit.picture, is_tried=True))
        case Covered(then=Practising() | Recalling(asking=Saving() | Saved() | NotSaved())):
            return visit
        case Recalling(asking=Saving() | Saved() | NotSaved()):
            return Covered(visit)
        case Saving() | Saved() if _holds_words(visit):
            return Covered(Recalling(visit))
        case _:
            return Ready()


def _holds_words(visit: Saving | Saved) -> bool:
    """Tell whether four words are on this page, or will be, that the person's picture can bring back."""
    if isinstance(visit, Saved) and (visit.receipt is None or visit.shown > 1):
        return False
    return bool(visit.picture)


def _quiet(visit: Visit) -> Visit:
    match visit:
        case (
            Asking()
            | Practising()
            | ChoosingLanguage()
            | Confirming()
            | Saved()
            | Leaving()
            | NotSaved()
            | Helping()
        ):
            return AskingIfStill(visit)
        case StaffDoor() | ComingBack() | Recalling():
            return Ready()
        case _:
            return visit


def _still(visit: Visit) -> Visit:
    """Cover an interview so that a picture brings it back; anything else just ends."""
    if isinstance(visit, Ready | Saving | Pausing | Covered):
        return visit
    if isinstance(visit, ColourCard):
        return _behind_colour(visit)
    behind = visit.then if isinstance(visit, AskingIfStill) else visit
    if isinstance(behind, Helping):
        behind = behind.then
    if isinstance(behind, Confirming):
        behind = behind.asking
    match behind:
        case Asking(interview=interview, picture=picture) if picture and interview.stage in COVERED_STAGES:
            return Covered(Recalling(behind))
        case NotSaved(picture=picture) if picture:
            return Covered(Recalling(behind))
        case Saved() if _holds_words(behind):
            return Covered(Recalling(behind))
        case _:
            return Ready()


def _behind_colour(card: ColourCard) -> ColourCard:
    """Cover what is behind a colour card, and go on showing the colour: the worker may need a while."""
    behind = _still(card.then)
    return ColourCard(behind if isinstance(behind, Covered) else Ready())


def _touched(visit: Visit, act: Press | Pick | Move, plan: KioskPlan) -> Visit:
    match visit:
        case Pausing() | Paused() | ComingBack():
            return _at_pause(visit, act)
        case Ready() | StaffDoor() | Covered() | AskingIfStill() | Helping() | ColourCard():
            return _opened(visit, act, plan)
        case (
            ChoosingLanguage() | Practising() | Recalling() | Confirming() | NotSaved() | Saved() | Leaving()
        ) if act == Press("help"):
            return Helping(visit)
        case ChoosingLanguage():
            return _language_chosen(visit, act, plan)
        case Practising():
            return _practised(visit, act, plan)
        case Asking():
            return _at_interview(visit, act, plan)
        case Recalling() | Confirming():
            return _decided(visit, act)
        case _:
            return _ended(visit, act)


def _at_interview(visit: Asking, act: Press | Pick | Move, plan: KioskPlan) -> Visit:
    if isinstance(act, Pick | Move):
        return _asked(visit, event_for(page(visit.interview), act))
    if act.button == "pause" and can_pause(visit, plan):
        return Pausing(visit)
    return ColourCard(visit) if act.button == "colour" else visit


def can_pause(visit: Asking, plan: KioskPlan) -> bool:
    """Tell whether this interview can be locked away now."""
    under_way = visit.interview.stage in {"questions", "look-back"} and not visit.interview.helping
    return plan.pausing is not None and under_way


def _at_pause(visit: Pausing | Paused | ComingBack, act: Press | Pick | Move) -> Visit:
    match visit, act:
        case Pausing(asking=asking, has_failed=True), Press(button="back"):
            return asking
        case Paused(), Press(button="written"):
            return Ready()
        case ComingBack(), Press(button="back"):
            return Ready()
        case _:
            return visit


def _opened(visit: Visit, act: Press | Pick | Move, plan: KioskPlan) -> Visit:  # noqa: PLR0911  one line for each page
    """Give what lies behind a page that only stands in front of another."""
    match visit, act:
        case Ready(), Press(button="start"):
            return ChoosingLanguage() if len(plan.languages) > 1 else Practising(plan.languages[0])
        case Ready(), Press(button="staff"):
            return StaffDoor()
        case Ready(), Press(button="come-back") if plan.pausing is not None:
            return ComingBack()
        case StaffDoor(), Press(button="back"):
            return Ready()
        case Covered(then=then), Press(button="start"):
            return then
        case AskingIfStill(then=then), Press(button="stay"):
            return then
        case Helping(), Press(button="colour"):
            return ColourCard(visit)
        case Helping(then=then), Press(button="back"):
            return then
        case ColourCard(then=then), Press(button="back"):
            return then
        case _:
            return visit


def _language_chosen(visit: Visit, act: Press | Pick | Move, plan: KioskPlan) -> Visit:
    match act:
        case Pick(choice="en" | "cy" as language) if language in plan.languages:
            return Practising(language)
        case _:
            return visit


def _decided(visit: Recalling | Confirming, act: Press | Pick | Move) -> Visit:
    match visit, act:
        case Recalling(asking=asking), Pick(choice=choice):
            return asking if choice == asking.picture else Ready()
        case Recalling(), Press(button="throw-away"):
            return Ready()
        case Confirming(asking=asking), Press(button="back"):
            return asking
        case Confirming(asking=asking, event=event), Press(button="confirm"):
            return Leaving(step(asking.interview, event))
        case _:
            return visit


def _practised(visit: Practising, act: Press | Pick | Move, plan: KioskPlan) -> Visit:
    match act:
        case Pick(choice=choice):
            return Practising(visit.language, choice, visit.is_tried)
        case Press(button="go-on"):
            interview = begin(
                plan.questionnaire,
                visit.language,
                shuffled=plan.shuffled,
                languages=plan.languages,
                contacts=plan.contacts,
                front=plan.front,
                offers_words=plan.gives_words,
            )
            return Asking(interview, visit.picture)
        case Press(button="back"):
            return ChoosingLanguage() if len(plan.languages) > 1 else visit
        case _:
            return visit


def _ended(visit: Visit, act: Press | Pick | Move) -> Visit:
    match visit, act:
        case NotSaved(interview=interview, picture=picture), Press(button="again"):
            return Saving(interview, picture)
        case NotSaved(), Press(button="throw-away"):
            return Ready()
        case Saved(shown=shown), Press(button="written"):
            return replace(visit, shown=shown + 1)
        case ((Saved() | Leaving()), Press(button="finish")):
            return Ready()
        case Leaving(interview=interview, pastime=pastime), Press(button="another"):
            return Leaving(interview, (pastime + 1) % len(page(interview).pastimes))
        case Saved(interview=interview), Press(button="another"):
            return Leaving(interview, 0)
        case _:
            return visit


def _asked(asking: Asking, event: Event) -> Visit:
    """Give the interview one event; throwing away is asked about once more, and Send starts saving."""
    if isinstance(event, Stop | ThrowAway):
        return Confirming(asking, event)
    after = step(asking.interview, event)
    return Saving(after, asking.picture) if after.stage == "sent" else Asking(after, asking.picture)


def after_writing(visit: Visit, writing: Write, act: Act, plan: KioskPlan) -> Visit:
    """Give the visit after something was written and then an act; a notice about the writing is shown first."""
    written = turn(visit, writing, plan)
    if isinstance(act, Continue) and isinstance(written, Asking) and written.interview.notice:
        return written
    return turn(written, act, plan)


def language_of(visit: Visit) -> Language:
    """Give the language the respondent reads in, English where none is chosen yet."""
    if isinstance(visit, Practising | Paused):
        return visit.language
    if isinstance(visit, AskingIfStill | Helping | ColourCard):
        return language_of(visit.then)
    interview = interview_in(visit)
    return interview.language if interview is not None else "en"


def in_language(visit: Visit, language: Language) -> Visit:
    """Give the same visit in another language."""
    match visit:
        case Practising() | Paused():
            return replace(visit, language=language)
        case NotSaved() | Saved() | Leaving():
            return replace(visit, interview=replace(visit.interview, language=language))
        case Confirming(asking=asking) | Recalling(asking=asking) | Pausing(asking=asking):
            interview = replace(asking.interview, language=language)
            return replace(visit, asking=replace(asking, interview=interview))
        case Helping(then=then):
            return replace(visit, then=in_language(then, language))
        case _:
            return visit


def interview_in(visit: Visit) -> Interview | None:
    """Give the interview a visit holds on to, or None."""
    match visit:
        case Asking() | Saving() | NotSaved() | Saved() | Leaving():
            return visit.interview
        case Confirming(asking=asking) | Recalling(asking=asking) | Pausing(asking=asking):
            return asking.interview
        case AskingIfStill(then=then) | Helping(then=then) | Covered(then=then) | ColourCard(then=then):
            return interview_in(then)
        case _:
            return None
