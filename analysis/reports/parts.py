"""What goes into a report. Nothing here is a true count, an unread answer or a name of a young person."""

from msgspec import Struct

from coprod.kernel.released import ReleasedTable

BRIEFING = (
    "Sharp-Jeffs, Coy and Kelly (2017) Key messages from research on child sexual exploitation: "
    "Commissioning health care services"
)


class Attended(Struct, frozen=True):
    """Who was reached in one session, as the facilitator typed it; numbers already in words."""

    session: str
    invited: str
    attended: str
    left_out: tuple[str, ...] = ()


class KnownWords(Struct, frozen=True):
    """What is known locally of a group of young people, as somebody typed it; numbers already in words."""

    group: str
    known: str
    reached: str
    source: str


class QuoteWords(Struct, frozen=True):
    """Redacted words of one person who agreed, or what somebody made of them (`put_by`)."""

    text: str
    put_by: str = ""


class ThemeWords(Struct, frozen=True):
    """One theme as it may be printed: its size in words, and quotes that two people let out."""

    name: str
    phrases: tuple[str, ...]
    size: str
    stamp: str
    quotes: tuple[QuoteWords, ...] = ()


class ThemesOf(Struct, frozen=True):
    """The themes of one free-text question, or in `none_because` why there are none.

    `quotes` are those that stand under no theme; `codes` is the table of codes a person gave, if somebody coded.
    """

    wording: str
    answered: str
    themes: tuple[ThemeWords, ...] = ()
    none_because: str = ""
    quotes: tuple[QuoteWords, ...] = ()
    codes: ReleasedTable | None = None


class Message(Struct, frozen=True):
    """One key message in our own plain words, what to mind about it, and the tables that bear on it."""

    says: str
    caveat: str
    tables: tuple[ReleasedTable, ...]


class Readers(Struct, frozen=True):
    """Who the report is for. `held` tells that theirs is the briefing coprod holds; `not_asked` are messages without a table."""

    name: str
    held: bool
    messages: tuple[Message, ...]
    not_asked: tuple[str, ...]
    take_with_you: tuple[str, ...]


class Involved(Struct, frozen=True):
    """One item of the statement of how young people were involved, and what there is to say of it."""

    item: str
    said: tuple[str, ...]


class QuotesSigned(Struct, frozen=True):
    """Who read every quote and who agreed that they leave, and for whom."""

    read_by: str
    approved_by: str
    audience: str


class ReportParts(Struct, frozen=True, kw_only=True):
    """All that goes into a report.

    `tables` are those that stand under no message of `readers`; without readers, all of them.
    """

    title: str
    service: str
    surveys: tuple[str, ...]
    answered: str
    sessions: tuple[Attended, ...]
    tables: tuple[ReleasedTable, ...]
    themes: tuple[ThemesOf, ...]
    methods: tuple[str, ...]
    known: tuple[KnownWords, ...] = ()
    readers: Readers | None = None
    involved: tuple[Involved, ...] = ()
    quotes_signed: tuple[QuotesSigned, ...] = ()
    overrides: tuple[str, ...] = ()
    command: str = ""
    simulated: bool = False

    @property
    def all_tables(self) -> tuple[ReleasedTable, ...]:
        """Give every table of questions, those under a message first."""
        under = (
            (table for message in self.readers.messages for table in message.tables) if self.readers else ()
        )
        return (*under, *self.tables)
