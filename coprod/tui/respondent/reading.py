"""Reading aloud at the kiosk: off until somebody asks, headphones first, never an answer, silent at the next key."""

from dataclasses import replace

from coprod.journeys.asking.visit import Press
from coprod.journeys.asking.visit_words import say
from coprod.kernel.wording import Language
from coprod.speech import Speaker
from coprod.tui.respondent.view import View, Way

# Nobody else should hear the words that take answers back, or that somebody came back to their picture.
SILENT = ("ready", "staff", "colour", "words", "recall", "saving", "still")
KEY = "R"


class ReadAloud:
    """What one visit needs to hear its pages. Without a speaker nothing is offered."""

    def __init__(self, speaker: Speaker | None) -> None:
        self.speaker = speaker
        self.is_warned = False

    def offered(self, view: View, language: Language) -> View:
        """Give the view with the way to have it read."""
        if self.speaker is None or view.place.startswith(SILENT):
            return view
        return replace(view, ways=(*view.ways, Way(Press("read"), KEY, say("read", language))))

    def pressed(self, view: View, language: Language) -> View:
        """Advise headphones the first time; then read. Gives the view to show now."""
        if self.speaker is None or view.place.startswith(SILENT):
            return view
        if self.is_warned:
            self.speaker.say(spoken(view), language)
            return view
        self.is_warned = True
        return replace(view, notice=say("headphones", language))

    def hush(self) -> None:
        """Stop at once."""
        if self.speaker is not None:
            self.speaker.hush()

    def forget(self) -> None:
        """Stop, and begin anew for the next person."""
        self.hush()
        self.is_warned = False


def spoken(view: View) -> str:
    """Give the words of a page as lines: what is asked and what can be chosen, never what was chosen or written."""
    words = [text for _, text in view.before if text]
    words += [f"{number}. {one.label.splitlines()[0]}" for number, one in enumerate(view.choices, 1)]
    if view.passage is not None:
        words.append(" ".join(one.word for one in view.passage.words))
    if view.numbers is not None:
        words += [f"0: {view.numbers.low}", f"10: {view.numbers.high}"]
    return "\n".join((*words, view.notice))
