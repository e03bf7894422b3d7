"""Every rule about wording: what it looks for, why, what to say instead, and who says so."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.binding import Binding, BindingType
from textual.widget import Widget

from coprod.tui.campaign.findings import WORDS
from coprod.tui.desk_screen import DeskScreen
from coprod.tui.dialogs import Ask, Field
from coprod.tui.widgets.prose import Prose, Voice
from coprod.tui.widgets.rows import Rows

if TYPE_CHECKING:
    from campaigns.checking.findings import Finding
    from campaigns.checking.rules import Rule


class RulesScreen(DeskScreen):
    """The rules in a list; the one that is marked is explained below."""

    ROLE = "campaign team"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "whole", "The whole rule"),
        Binding("slash", "find", "Find"),
        Binding("x", "all", "All"),
    ]

    def __init__(self, rule: str = "") -> None:
        super().__init__()
        self.wanted, self.sought = rule, ""
        self.rules: tuple[Rule, ...] = ()
        self.listed: tuple[Rule, ...] = ()

    def body(self) -> Iterable[Widget]:
        """Give the list and the explanation."""
        yield Prose(id="before")
        yield Rows(id="rows")
        yield Prose(id="whole")

    def draw(self) -> None:
        """Read the rules beside the screen's own work."""
        self.show_head("rules")
        self.query_one(Rows).focus()
        if not self.rules:
            self._read()

    def action_find(self) -> None:
        """Show only rules with a word in them."""
        self.open_over(Ask("Find rules", Field("A word", value=self.sought)), self._find)

    def action_whole(self) -> None:
        """Show the marked rule over the whole screen."""
        at = self.query_one(Rows).caret
        if at < len(self.listed):
            rule = self.listed[at]
            self.tell(rule.id, *(words for _, words in rule_lines(rule)[1:]))

    def action_all(self) -> None:
        """Show all rules again."""
        self._find(("",))

    @work(thread=True, exclusive=True, group="rules")
    def _read(self) -> None:
        from campaigns.checking.rules import shipped_rules

        self.app.call_from_thread(self._show, shipped_rules().rules)

    def _show(self, rules: "tuple[Rule, ...]") -> None:
        self.rules = rules
        self._list(rules)

    def _find(self, typed: tuple[str, ...] | None) -> None:
        if typed is not None:
            self.sought = typed[0]
            wanted = self.sought.casefold()
            self._list(tuple(one for one in self.rules if wanted in _words_of(one)))

    def _list(self, rules: "tuple[Rule, ...]") -> None:
        self.listed = rules
        sought = f"with “{self.sought}”" if self.sought else "in all"
        self.query_one("#before", Prose).show(
            ("quiet", f"{len(rules)} {'rule' if len(rules) == 1 else 'rules'} {sought}")
        )
        at = next((place for place, one in enumerate(rules) if one.id == self.wanted), 0)
        self.query_one(Rows).show([f"{WORDS[one.severity]:6}  {one.id}: {one.why}" for one in rules], at)
        self._explain()

    @on(Rows.Moved)
    def _explain(self) -> None:
        at = self.query_one(Rows).caret
        rule = self.listed[at] if at < len(self.listed) else None
        self.query_one("#whole", Prose).show(*(rule_lines(rule) if rule else (("body", "No rule."),)))


def rule_lines(rule: "Rule") -> tuple[tuple[Voice, str], ...]:
    """Give a rule explained: why, what to say instead, its source, an example it finds and one it leaves alone."""
    from campaigns.checking.measured import shipped_measures
    from campaigns.checking.rules import shipped_rules

    measured = shipped_measures().get(rule.id)
    lines: list[tuple[Voice, str]] = [
        ("notice", f"{WORDS[rule.severity]}  {rule.id}"),
        ("body", rule.why),
        ("body", f"Instead: {rule.instead}"),
        ("quiet", f"Source: {shipped_rules().titles(rule)}"),
        ("quiet", f"On our own passages: {measured.shown if measured else 'not measured'}"),
        ("quiet", f"Finds: {rule.must_match[0]}"),
        ("quiet", f"Leaves alone: {rule.must_not_match[0]}"),
    ]
    return (*lines, ("quiet", f"Contested: {rule.contested}")) if rule.contested else tuple(lines)


def rule_over(screen: DeskScreen, finding: "Finding") -> None:
    """Show over a screen the rule behind a finding; where it is about no single words, what it looks at and why."""
    from campaigns.checking.explained import whole_text_rules
    from campaigns.checking.resembling import RULE, second_reader_explained
    from campaigns.checking.rules import shipped_rules

    whole = whole_text_rules().get(finding.rule)
    if whole is not None:
        screen.tell(
            f"{WORDS[finding.severity]}  {finding.rule}",
            f"Looks for: {whole.finds}",
            f"Why: {whole.why}",
            f"Instead: {whole.instead}",
            f"Source: {whole.source}",
        )
    elif finding.rule == RULE:
        explained = second_reader_explained()
        instead = (f"Instead: {finding.instead}", f"Source: {explained.source}")
        screen.tell(f"ASK  {RULE}", f"This is {explained.how}.", finding.message, *instead)
    elif any(rule.id == finding.rule for rule in shipped_rules().rules):
        screen.open_over(RulesScreen(finding.rule))


def _words_of(rule: "Rule") -> str:
    return " ".join((rule.id, rule.why, rule.instead, *rule.avoid, *rule.must_match)).casefold()
