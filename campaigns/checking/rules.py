"""The rules about words: packs of data, each rule with its reason, source, date, confidence and examples."""

from datetime import date
from functools import cache
from importlib import resources
from typing import Annotated, Literal

from msgspec import Meta, Struct

from campaigns.checking.clauses import compile_clause, is_clause_pattern
from campaigns.checking.law import shipped_law
from campaigns.checking.patterns import PatternError, compile_pattern
from campaigns.checking.stored import made_once
from coprod.kernel.contacts import Audience, Nation
from coprod.kernel.problem import BadInputError, Problem
from coprod.kernel.yamlfile import Loaded, load_yaml_text, nearest

Severity = Literal["block", "warn", "ask"]
SEVERITIES: tuple[Severity, ...] = ("block", "warn", "ask")
WaivedBy = Literal["two-roles", "one-role", "nobody"]
Name = Annotated[str, Meta(pattern=r"^[a-z][a-z0-9-]{1,60}$")]
Words = Annotated[str, Meta(min_length=1, max_length=600)]
JUDGEMENT = "judgement"


class Source(Struct, frozen=True, forbid_unknown_fields=True):
    """Where a reason comes from. `year` is 0 where the page does not show one."""

    title: Words
    year: int = 0

    def __str__(self) -> str:
        """Give the title, with the year where it is known."""
        return f"{self.title} ({self.year})" if self.year else self.title


@cache
def _speak_of_concepts(patterns: tuple[str, ...]) -> bool:
    return any(map(is_clause_pattern, patterns))


class SourceList(Struct, frozen=True, forbid_unknown_fields=True):
    """Every source that rules may name."""

    format: Literal[1]
    sources: dict[str, Source]


class Rule(Struct, frozen=True, forbid_unknown_fields=True):
    """One rule about wording.

    `avoid` and `unless` are patterns as `campaigns.checking.patterns` reads them; a sentence that matches `unless`
    is not a finding. `lifted_by` names what else lifts it: a claim in the front matter with its date, place
    and limits, or initials that are spelled out. `contested` says both sides where the field disagrees.
    `where` is `pictures` for rules about text alternatives and picture briefs only; `fact` is the fact of
    law it rests on. `in_company` rules are broad: they speak only where something firmer is wrong in the same
    text. `waived_by` is who may let a warning stay: two people in different roles, one, or nobody.
    """

    id: Name
    avoid: Annotated[tuple[Words, ...], Meta(min_length=1)]
    why: Words
    instead: Words
    severity: Severity
    source: Annotated[tuple[str, ...], Meta(min_length=1)]
    confidence: Literal["published", "judgement", "contested"]
    read_on: date
    must_match: Annotated[tuple[Words, ...], Meta(min_length=2)]
    must_not_match: Annotated[tuple[Words, ...], Meta(min_length=2)]
    audience: Literal["all"] | tuple[Audience, ...] = "all"
    nation: Literal["all"] | tuple[Nation, ...] = "all"
    contested: str = ""
    unless: tuple[Words, ...] = ()
    lifted_by: Literal["nothing", "dated-claim", "spelling-out"] = "nothing"
    where: Literal["text", "pictures"] = "text"
    fact: str = ""
    in_company: bool = False
    waived_by: WaivedBy = "two-roles"

    @property
    def reads_meaning(self) -> bool:
        """Tell whether the rule reads who does what in a clause, and not words alone."""
        return _speak_of_concepts(self.avoid)

    def applies_to(self, audience: Audience | None, nation: Nation | None) -> bool:
        """Tell whether the rule speaks to these readers. Unknown readers and nations get all rules but questions."""
        if audience is None:
            fits_reader = self.audience == "all" or self.severity != "ask"
        else:
            fits_reader = self.audience == "all" or audience in self.audience
        fits_nation = self.nation == "all" or (
            self.severity != "ask" if nation is None else nation in self.nation
        )
        return fits_reader and fits_nation


class RulePack(Struct, frozen=True, forbid_unknown_fields=True):
    """The rules of one category."""

    format: Literal[1]
    pack: Name
    title: Words
    rules: Annotated[tuple[Rule, ...], Meta(min_length=1)]


class RuleBook(Struct, frozen=True):
    """Every rule, with the category it stands in, and the sources they name."""

    packs: tuple[RulePack, ...]
    sources: dict[str, Source]

    @property
    def rules(self) -> tuple[Rule, ...]:
        """Give the rules of all packs."""
        return tuple(rule for pack in self.packs for rule in pack.rules)

    def titles(self, rule: Rule) -> str:
        """Give the readable sources of a rule, with the day they were read."""
        names = "; ".join(str(self.sources[key]) for key in rule.source)
        law = f". Law: {shipped_law()[rule.fact].standing}" if rule.fact else ""
        return f"{names}; read {rule.read_on.isoformat()}{law}"


def load_rules(packs: dict[str, str], sources: str, *, is_proven: bool = False) -> RuleBook:
    """Give the rule book made of packs (file name to YAML text) and the text of the sources file.

    Raises BadInputError with every mistake: unknown sources, bad or slow patterns with their position,
    ids used twice, judgement that blocks, confidence that does not fit the sources. A book `is_proven` when a
    test has read it in full: then only its form is looked at, which takes half the time.
    """
    known = load_yaml_text(sources, "sources.yaml", SourceList).value.sources
    problems: list[Problem] = []
    loaded: list[RulePack] = []
    taken: dict[str, str] = {}
    for name, text in sorted(packs.items()):
        try:
            pack = load_yaml_text(text, name, RulePack)
        except BadInputError as error:
            problems.extend(error.problems)
            continue
        if not is_proven:
            problems.extend(_pack_problems(pack, known, taken))
        loaded.append(pack.value)
    if problems:
        raise BadInputError(*problems)
    return RuleBook(tuple(loaded), known)


@cache
def shipped_rules() -> RuleBook:
    """Give the rule book that comes with coprod, which a test holds to every condition of `load_rules`."""
    return made_once("rules", RuleBook, _read_rules)


def _read_rules() -> RuleBook:
    folder = resources.files("campaigns")
    packs = {
        file.name: file.read_text("utf-8")
        for file in folder.joinpath("rules").iterdir()
        if file.name.endswith(".yaml")
    }
    sources = folder.joinpath("checking", "sources.yaml").read_text("utf-8")
    return load_rules(packs, sources, is_proven=True)


@cache
def _waiving() -> dict[str, WaivedBy]:
    return {rule.id: rule.waived_by for rule in shipped_rules().rules}


def who_may_waive(rule: str) -> WaivedBy:
    """Give who may let a finding of a rule stay; what no rule of words says, two people in different roles may."""
    return _waiving().get(rule, "two-roles")


def _pack_problems(pack: Loaded[RulePack], known: dict[str, Source], taken: dict[str, str]) -> list[Problem]:
    problems: list[Problem] = []
    for number, rule in enumerate(pack.value.rules):
        steps = ("rules", number)
        if rule.id in taken:
            mend = f"`{rule.id}` is in {taken[rule.id]}; give this one another id"
            problems.append(pack.problem((*steps, "id"), "this id comes twice", mend))
        taken[rule.id] = pack.path
        for place, source in enumerate(rule.source):
            if source not in known:
                what = f"`{source}` is not in sources.yaml"
                problems.append(pack.problem((*steps, "source", place), what, nearest(source, known)))
        if rule.fact and rule.fact not in shipped_law():
            what = f"`{rule.fact}` is not in law.yaml"
            problems.append(pack.problem((*steps, "fact"), what, nearest(rule.fact, shipped_law())))
        problems += _weight_problems(pack, steps, rule) + _pattern_problems(pack, steps, rule)
    return problems


def _weight_problems(pack: Loaded[RulePack], steps: tuple[str | int, ...], rule: Rule) -> list[Problem]:
    """Judgement alone never blocks, and contested words are never settled by a rule."""
    is_judgement = set(rule.source) == {JUDGEMENT}
    problems = []
    if is_judgement and rule.severity == "block":
        mend = "write `warn` or `ask`, or name a published source"
        problems.append(pack.problem((*steps, "severity"), "judgement alone may not block", mend))
    if is_judgement and rule.confidence == "published":
        mend = "write `judgement`"
        problems.append(pack.problem((*steps, "confidence"), "no published source is named", mend))
    if (rule.confidence == "contested") != bool(rule.contested):
        mend = "write `confidence: contested` and say both sides in `contested`"
        problems.append(pack.problem(steps, "a contested rule says both sides", mend))
    if rule.confidence == "contested" and rule.severity == "block":
        problems.append(pack.problem((*steps, "severity"), "a contested word may not block", "write `ask`"))
    return problems


def _pattern_problems(pack: Loaded[RulePack], steps: tuple[str | int, ...], rule: Rule) -> list[Problem]:
    problems = []
    for field in ("avoid", "unless"):
        patterns: tuple[str, ...] = getattr(rule, field)
        for number, pattern in enumerate(patterns):
            try:
                compile_clause(pattern) if is_clause_pattern(pattern) else compile_pattern(pattern)
            except PatternError as error:
                at = (*steps, field, number)
                what = f"in character {error.position + 1} of this pattern: {error.what}"
                problems.append(pack.problem(at, what, error.mend))
    return problems
