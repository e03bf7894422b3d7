"""What one coder came to so far, as the screen shows it before and after each decision is on the disk."""

from coprod.journeys.understanding.coding_room import Decision, Sheet, SuggestedCode


class SoFar:
    """Codes given, answers judged, and suggestions that are open. Every change gives the decision to be written."""

    def __init__(self, sheet: Sheet) -> None:
        self.suggestions: dict[str, tuple[SuggestedCode, ...]] = {}
        self.take(sheet)

    def take(self, sheet: Sheet) -> None:
        """Take over what is truly on the disk."""
        self.codes = sheet.codes
        self.given = dict(sheet.given)
        self.judged = set(sheet.judged)

    def codes_of(self, response: str) -> frozenset[str]:
        """Give the codes on an answer."""
        return self.given.get(response, frozenset())

    def mark(self, response: str) -> str:
        """Give `●` for an answer with a code, `·` for one that was read, and a blank."""
        if self.codes_of(response):
            return "● "
        return "· " if response in self.judged else "  "

    def toggled(self, response: str, code: str, *, suggested: bool = False) -> Decision:
        """Give a code to an answer, or take it away."""
        has = self.codes_of(response)
        self.given[response] = has ^ {code}
        self.judged.add(response)
        return Decision("take" if code in has else "give", response, code, suggested)

    def read(self, response: str) -> Decision | None:
        """Judge an answer to have no further code; None where it is judged already."""
        if response in self.judged:
            return None
        self.judged.add(response)
        return Decision("read", response)

    def likeliest(self, response: str) -> str:
        """Give the likeliest code suggested for an answer that it has not yet, or nothing."""
        has = self.codes_of(response)
        found = self.suggestions.get(response, ())
        return next((one.code for one in found if one.is_likely and one.code not in has), "")

    def turned_down(self, response: str, code: str) -> Decision:
        """Turn a suggestion down."""
        left = tuple(one for one in self.suggestions.get(response, ()) if one.code != code)
        self.suggestions[response] = left
        return Decision("take", response, code, suggested=True)

    def hints(self, response: str) -> dict[str, str]:
        """Give for each code that is suggested for an answer the words it goes by."""
        found = self.suggestions.get(response, ())
        return {one.code: ", ".join(one.because) for one in found if one.is_likely}
