"""A kiosk to be started in a terminal of its own: `kiosk_program.py FILE [crash|hostile]`; what it keeps goes to FILE."""

import os
import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec.structs import replace

from coprod.journeys.asking.visit import KioskPlan, Receipt
from coprod.kernel.contacts import shipped_contacts
from coprod.kernel.record import Record, record_to_bytes
from coprod.kernel.wording import Language, Wording
from coprod.tui.opening import run_kiosk
from surveys.questionnaires.questionnaire import Questionnaire, load_questionnaire

if TYPE_CHECKING:
    from coprod.tui.kiosk import Kiosk

HOSTILE = (
    "[/] [@click=app.exit]x[/] \x1b]52;c;UFdORUQ=\x07\x1b]0;HIJACK\x07\x1b[31m\x9b31m \u202etxet $ {x} \\["
)


def main(kept: Path, how: str) -> None:
    """Run the kiosk until staff leave, then print how it ended."""

    def save(records: tuple[Record, ...], words_in: Language | None) -> Receipt:
        with kept.open("ab") as file:
            file.writelines(record_to_bytes(one) + b"\n" for one in records)
            os.fsync(file.fileno())
        assert words_in == "en"
        return Receipt(("maple", "lantern", "river", "button"), date(2026, 12, 4))

    asked = load_questionnaire(Path(__file__).parent / "every_kind.yaml")
    if how == "hostile":
        asked = _hostile(asked)
    if how == "crash":
        from coprod.tui.kiosk import Kiosk

        Kiosk.look_at_the_clock = _crash_on_text  # type: ignore[method-assign,assignment]
    plan = KioskPlan(
        questionnaire=asked,
        sha256="0" * 64,
        languages=("en",),
        contacts=shipped_contacts().contacts,
        save=save,
        gives_words=True,
        is_staff_word=lambda word: word == "sesame",
        shuffled=lambda choices: choices,
    )
    print("ended:", run_kiosk(plan))


def _hostile(asked: Questionnaire) -> Questionnaire:
    """Give the questionnaire with payloads in every wording of its first pages."""
    bad = Wording(HOSTILE)
    pages = [
        replace(page, ask=bad, choices=tuple(replace(one, label=bad) for one in page.choices))
        if hasattr(page, "choices")
        else replace(page, ask=bad)
        for page in asked.pages
    ]
    return replace(asked, title=bad, purpose=bad, made_by=bad, pages=tuple(pages))


async def _crash_on_text(kiosk: "Kiosk") -> None:
    """Fail as a bug would, with an answer in a local variable and in the message."""
    writing = kiosk.sheet.writing()
    if writing is not None and "BOOM" in writing.text:
        answer = writing.text
        raise ValueError(answer)


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2] if len(sys.argv) > 2 else "")
