"""A reader of own words: phrases of the lexicon, turned round by the words about them, become proposals."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import pairwise

from hipwise.errors import HipwiseError
from hipwise.knowledge import Kind, Knowledge, Lexicon
from hipwise.words._acts import ACT, Deed, deeds
from hipwise.words._choose import NONE_STATES, Candidate, choose
from hipwise.words._net import Net, with_caught
from hipwise.words._numbers import NUM, SPECIAL, Quantity, quantities
from hipwise.words._patterns import UNLIKE, Grammar, Hit, Line, is_unlike
from hipwise.words._scope import Scope, Standing, clause_starts, scope_of
from hipwise.words._text import Sentence, sentences
from hipwise.words._types import Reading
from hipwise.words._who import OWN, THEIRS, carry_others, patient_of, sex_of, who_alone

__all__ = ["LONGEST", "Reader"]

LONGEST = 20_000
"""No text is longer (characters)."""

VALUE = "value"
"""Instead of a state: the number in the phrase becomes the state."""

ONLY = "_only"
"""Behind a state: the phrase tells it, but its denial tells nothing ("a race without trouble" was another race)."""

EASED = ("eased_by_sitting", "eased_by_bending_forward", "eased_by_rest")
"""Kinds that name what is done ("sitting_hurts") when these are told of what eases."""

HIP = "hip"
ZONE = "ZONE"
AGE, SEX, AGO, TOUCHED = "_age", "_sex", "_ago", "_touched"
YOUNGEST_Y, OLDEST_Y = 5, 99
"""An age that a text may state; other numbers behind "I am" are none."""

TIMES = frozenset({"duration", AGO})
"""Findings that take a time for how long it hurts, unless something else has lasted so long."""

SOON = 3
"""So near the beginning of a sentence the "now" stands that answers an "at first" in the sentence before."""

OWN_PAIN = OWN - {"we", "us", "our", "me"}
OWN_NEAR = 5
"""Behind "my" or "I", so many words on, stands what is the writer's own."""

FOR = frozenset({"for", "over", "past", "last", "about", "x"})
"""A time behind one of these is how long it hurts, where nothing says so better and nothing else took so long."""

AGE_UNITS = frozenset({"year", "years", "yr", "yrs"})

LEAST_WORDS = 3
"""A remainder of fewer words is no clause that somebody would miss."""


@dataclass(slots=True)
class _Read:
    """A sentence while it is read."""

    sentence: Sentence
    line: Line
    starts: list[int]
    scope: Scope
    numbers: list[Quantity]
    touched: set[int]
    unlike: list[Hit] = field(default_factory=list)


class Reader:
    """Reads texts. Made once: it takes longer than to read one."""

    def __init__(self, knowledge: Knowledge, lexicon: Lexicon | None = None) -> None:
        """The LEXICON is our own by default; phrases of findings that KNOWLEDGE has not are left out."""
        self._knowledge = knowledge
        self._lexicon = lexicon = lexicon or Lexicon.load()
        limits = knowledge.parameters["words"]
        self._numbers = {
            **lexicon.numbers,
            "fever": {
                **lexicon.numbers["fever"],
                "celsius": limits["fever_from_c"].value,
                "fahrenheit": limits["fever_from_f"].value,
            },
        }
        self._zones = {name.upper(): name for name in lexicon.zones if name != "templates"}
        told = {zone: name for zone, name in self._zones.items() if name in knowledge.findings or name == HIP}
        scope = dict(lexicon.scope)
        self._places = Grammar(
            {name.upper(): words for name, words in lexicon.zones.items() if name != "templates"}
            | {"DETERMINERS": scope["DETERMINERS"]},
            SPECIAL,
        )
        self._acts = tuple(name for name in lexicon.acts if name in knowledge.findings)
        self._eased = {act: each for each in EASED for act in lexicon.kinds.get(each, ()) if each in knowledge.findings}
        lists = dict(lexicon.lists) | scope | {ACT + name.upper(): words for name, words in lexicon.acts.items()}
        self._grammar = Grammar(lists, SPECIAL | self._zones.keys())
        self._joining = frozenset({"and", "then", "so"}.union(*(each.split("|") for each in scope["FINITE"])))
        self._net = Net(knowledge, lexicon, SPECIAL)
        for finding, states in lexicon.phrases.items():
            if finding in knowledge.findings or finding.startswith("_"):
                for state, phrases in states.items():
                    for phrase in phrases:
                        self._grammar.add(phrase, (finding, state))
        for zone, name in told.items():
            for template in lexicon.zones["templates"]:
                self._grammar.add(template.replace(ZONE, zone), (name, "yes"))
            if name in lexicon.kinds.get("bare", ()):
                self._grammar.add(zone, (name, "yes" + ONLY))

    def read(self, text: str, on: date) -> Reading:
        """Return what TEXT proposes; ON is today, from which "since March" counts.

        Raises:
            HipwiseError: the text is longer than 20,000 characters.
        """
        if len(text) > LONGEST:
            raise HipwiseError("text_long", count=len(text), most=LONGEST)
        parts = sentences(text)
        patient = patient_of([[word.text for word in each.words] for each in parts], self._lexicon.kinds)
        reads = [self._sentence(each, on, patient) for each in parts]
        of_child = any(set(self._lexicon.kinds["children"]) & set(each.line.words) for each in reads)
        if patient is None and not of_child and any(self._own_pain(each) for each in reads):
            told = ((each.line.words, each.starts, each.scope) for each in reads)
            carry_others(told, self._joining, self._lexicon.kinds)
        for before, after in pairwise(reads):
            self._answer_back(before, after)
        candidates = [each for read in reads for each in self._candidates(read, text)]
        candidates += self._course(reads, text)
        own = [each for each in candidates if each.standing is Standing.SAID]
        ages = [each for each in own if each.finding == AGE]
        sexes = [each.state for each in own if each.finding == SEX]
        proposals = choose(candidates, self._knowledge, self._lexicon.kinds)
        caught = [one for each in reads for one in self._caught(each, text)]
        proposals = with_caught(proposals, caught, self._knowledge)
        left = tuple(rest for read in reads for rest in self._untouched(read, text))
        kinds = self._lexicon.kinds
        age, sex = who_alone(parts)
        age = int(ages[0].state) if ages else age
        sex = sexes[0] if sexes else sex or sex_of([read.line.words for read in reads], proposals, patient, kinds)
        feared = frozenset(kinds["feared"]) | frozenset(kinds["past"]) - frozenset(kinds["of_now"])
        return Reading(proposals, age, sex, left, feared)

    def _sentence(self, sentence: Sentence, on: date, patient: str | None = None) -> _Read:
        words = [each.text for each in sentence.words]
        numbers = quantities(words, self._numbers, on)
        spans: dict[str, dict[int, tuple[int, ...]]] = {}
        for each in numbers:
            spans.setdefault(each.kind, {})[each.first] = (each.end,)
        nowhere = frozenset[int]()
        plain = Line(words, nowhere, nowhere, nowhere, {})
        for zone, first, end in _widest(self._places, plain, self._zones):
            spans.setdefault(zone, {})[first] = (end,)
        bare = Line(words, nowhere, nowhere, nowhere, spans)
        starts = clause_starts(sentence, bare, self._grammar)
        scope = scope_of(sentence, bare, starts, self._grammar, patient)
        halts, turns, still = (
            frozenset(place for place, _ in self._grammar.spans(bare, name))
            for name in ("HALTS", "EASING", "NOT_EASING")
        )
        line = Line(words, frozenset(starts) - {0}, halts, turns - still, spans)
        return _Read(sentence, line, starts, scope, numbers, set())

    def _caught(self, read: _Read, text: str) -> Iterator[Candidate]:
        """Return what the net catches in a sentence, but what the first reading knows to be something else."""
        line = replace(read.line, memory={})  # each grammar remembers its own lists
        words = line.words
        walls = [place for place in read.starts if not set(words[place : place + 2]) <= self._joining]
        for hit in self._net.hits(line, walls, read.sentence.commas, read.scope):
            if not is_unlike(hit, read.unlike):
                start, end = read.sentence.span(hit.first, hit.last)
                finding, state = hit.meaning
                yield Candidate(finding, state, Standing.DOUBT, text[start:end], start, end)

    def _own_pain(self, read: _Read) -> bool:
        """Whether the writer tells of a pain or a place of the own body: "my left hip", "mine aches", "I have pain"."""
        words = read.line.words
        pains = {place for place, _ in self._grammar.spans(read.line, "PAINFUL")}
        pains |= {place for zone in self._zones for place in read.line.spans.get(zone, ())}
        own = (place for place, word in enumerate(words) if word in OWN_PAIN and place not in read.scope.others)
        near = ([each for each in range(place + 1, place + 1 + OWN_NEAR) if each < len(words)] for place in own)
        return any(not pains.isdisjoint(each) and THEIRS.isdisjoint(words[at] for at in each) for each in near)

    def _answer_back(self, before: _Read, after: _Read) -> None:
        """Let "Fever: none." deny the sentence before; "she asked about fever. I said no to all" sets it aside."""
        answer = " ".join(after.line.words)
        kinds = self._lexicon.kinds
        if any(first < SOON for first, _ in self._grammar.spans(after.line, "ANSWERED_NO")):
            for _, end in self._grammar.spans(before.line, "ASKED"):
                before.scope.aside.update(range(end, len(before.line.words)))
        if answer in kinds["neither"] or (before.sentence.end in {":", "?", "-"} and answer in kinds["answers_no"]):
            for place in range(len(before.line.words)):
                before.scope.denied_by.setdefault(place, set()).add(-1)
            before.scope.doubted.clear()
            after.touched.add(0)

    def _candidates(self, read: _Read, text: str) -> Iterator[Candidate]:
        """Return what the phrases in a sentence say; of those that end alike the one that begins last."""
        kinds = self._lexicon.kinds
        hits = list(self._grammar.hits(read.line))
        latest = {(hit.meaning, hit.last): hit for hit in hits}
        negators = {place for place, _ in self._grammar.spans(read.line, "NEGATORS")}
        read.unlike = unlike = [hit for hit in hits if hit.meaning[1].startswith(UNLIKE)]
        owners = (hit for hit in latest.values() if hit.meaning[0] in kinds["owns_time"] and not is_unlike(hit, unlike))
        owned = {place for hit in owners for place in hit.named}
        for hit in sorted(latest.values(), key=lambda each: (each.first, each.last)):
            finding, state = hit.meaning
            if is_unlike(hit, unlike) or (finding in TIMES and self._of_another(hit, read, owned)):
                continue
            standing = read.scope.standing(
                hit,
                of_family=finding in kinds["family"],
                of_past=finding in kinds["past"],
                feared=finding in kinds["feared"],
            )
            own_no = state in NONE_STATES and negators & set(hit.named)
            if standing is Standing.DENIED and (own_no or self._scored(finding)):
                standing = Standing.SAID  # "no fever, no chills": what says "no" itself is not turned by another "no"
            found = self._state(hit, read, finding, state)
            read.touched.update(range(hit.first, hit.last + 1))
            if found is None or finding == TOUCHED or (found.endswith(ONLY) and standing is Standing.DENIED):
                continue
            first, last = read.scope.with_denial(hit) if standing is Standing.DENIED else (hit.first, hit.last)
            start, end = read.sentence.span(first, last)
            yield Candidate(finding, found.removesuffix(ONLY), standing, text[start:end], start, end)

        yield from self._alone(read, text, owned)
        deeds_told = (deed for deed in self._deeds(read) if not is_unlike(deed.hit, unlike))
        yield from (each for deed in deeds_told for each in self._of_deed(deed, read, text))

    def _alone(self, read: _Read, text: str, owned: set[int]) -> Iterator[Candidate]:
        """Return what stands alone: a side between commas, a time there or behind "for" ("stiff for years")."""
        words, away = read.line.words, owned | read.scope.aside | read.scope.others
        parts = list(pairwise(sorted({*read.sentence.commas, 0, read.sentence.head, len(words)})))
        for first, end in parts:
            said = " ".join(words[first:end])
            side = next((each for each in ("left", "right", "both") if said in self._lexicon.kinds[each]), None)
            if side is not None:
                start, stop = read.sentence.span(first, end - 1)
                yield Candidate("side", side, Standing.SAID, text[start:stop], start, stop)
        for each in read.numbers:
            span = set(range(each.first, each.end))
            bare = each.kind == "SINCE" or words[each.first - 1] in FOR or (each.first, each.end) in parts
            if each.kind in {"DAYS", "SINCE"} and bare and not span & away:
                steps = self._lexicon.steps["duration"].items()
                state = next((name for name, below in steps if each.value < below), None)
                if state is None:  # digits without end are no time
                    continue
                start, stop = read.sentence.span(each.first, each.end - 1)
                yield Candidate(AGO, state, Standing.SAID, text[start:stop], start, stop)

    def _course(self, reads: Sequence[_Read], text: str) -> Iterator[Candidate]:
        """Read "at first only at the end of runs. Now I feel it from the start" as worse, if nothing eases then."""
        for read, following in zip(reads, [*reads[1:], None], strict=False):
            first = next(iter(self._grammar.spans(read.line, "AT_FIRST")), None)
            if first is None or read.scope.aside.intersection(range(*first)):
                continue
            for each, begin, end in ((read, first[1], len(read.line.words)), (following, 0, SOON)):
                if each is None:
                    continue
                now = [place for place, _ in self._grammar.spans(each.line, "NOW") if begin <= place < end]
                if now and not [place for place in each.line.turns if place > now[0]] and self._told_of_pain(each):
                    start, stop = each.sentence.span(now[0], len(each.line.words) - 1)
                    yield Candidate("worsening", "over_weeks", Standing.SAID, text[start:stop], start, stop)

    def _told_of_pain(self, read: _Read) -> bool:
        return any(any(self._grammar.spans(read.line, each)) for each in ("ACT_BAD", "FELT"))

    def _scored(self, finding: str) -> bool:
        """Whether FINDING is a score: "nothing terrible, 3 out of 10" denies no number."""
        question = self._knowledge.findings.get(finding)
        return question is not None and question.kind is Kind.SCORE

    @staticmethod
    def _of_another(hit: Hit, read: _Read, owned: set[int]) -> bool:
        """Whether the time in a hit is told of something else ("running for ten years", "two weeks off") or healed."""
        times = {place for each in read.numbers if each.kind != NUM for place in range(each.first, each.end)}
        return bool((owned & times | read.scope.healed) & set(hit.named))

    def _deeds(self, read: _Read) -> list[Deed]:
        return list(deeds(read.line, read.starts, read.scope, self._grammar, self._acts, read.sentence.head))

    def _of_deed(self, deed: Deed, read: _Read, text: str) -> Iterator[Candidate]:
        """Turn what is said of a deed into a candidate: it hurts, or it does not."""
        finding = self._eased.get(deed.finding) if deed.eases else deed.finding
        if finding is None:
            return
        question = self._knowledge.findings[finding]
        hurts, fine = ("hurts", "normal") if "hurts" in question.states else ("yes", "no")
        hit = deed.hit
        standing = read.scope.standing(hit)
        if standing is Standing.DENIED or standing is Standing.SAID:
            standing = Standing.DENIED if deed.denied else Standing.SAID
        state = hurts if deed.hurts or deed.eases else fine
        if is_unlike(replace(hit, meaning=(finding, state)), read.unlike):
            return
        read.touched.update(range(hit.first, hit.last + 1))
        start, end = read.sentence.span(hit.first, hit.last)
        yield Candidate(finding, state, standing, text[start:end], start, end)

    def _state(self, hit: Hit, read: _Read, finding: str, state: str) -> str | None:
        """Return the state that a hit tells; a number becomes its step, its score, or an age."""
        if state != VALUE:
            return self._by_time(hit, read, finding, state)
        told = [each for each in read.numbers if each.first in hit.named and each.end - 1 in hit.named]
        told = [each for each in told if (each.kind == NUM) == (finding == AGE)] or told
        if not told:
            return None
        number = told[-1]
        if finding == AGE:
            return self._age(number, [] if number.end <= hit.last else read.line.words[number.end : number.end + 1])
        began = finding == AGO and any(self._grammar.spans(read.line, "BEGAN"))
        steps = self._lexicon.steps.get("_ago_began" if began else finding)
        if steps is None:
            return str(round(number.value))
        return next((name for name, below in steps.items() if number.value < below), None)

    def _age(self, number: Quantity, follows: Sequence[str]) -> str | None:
        """Return an age, unless it counts what FOLLOWS ("I am 10 weeks pregnant")."""
        counted = self._lexicon.numbers["not_scores"].keys() | self._lexicon.numbers["days"].keys()
        is_age = number.value.is_integer() and YOUNGEST_Y <= number.value <= OLDEST_Y
        return str(int(number.value)) if is_age and not set(follows) & (counted - AGE_UNITS) else None

    def _by_time(self, hit: Hit, read: _Read, finding: str, state: str) -> str | None:
        """Return STATE, or what a time in the phrase, right behind it or before its "of" makes of it.

        "Worse over the last six months" is no step for the worse of these weeks; "getting worse for years" is slow, and
        so are "five years of increasing pain".
        """
        steps = self._lexicon.steps.get(finding, {})
        if state not in steps or finding not in self._lexicon.kinds["slowed"]:
            return state
        walls = {*read.starts, *read.sentence.commas}
        for each in read.numbers:
            behind = hit.first < each.first <= hit.last + SOON
            before = each.end < hit.first <= each.end + SOON and read.line.words[each.end] == "of"
            between = range(each.end, hit.first + 1) if before else range(hit.last + 1, each.first + 1)
            if each.kind == "DAYS" and (before or behind) and walls.isdisjoint(between):
                longer = each.value >= steps[state]
                return next((name for name, below in steps.items() if each.value < below), None) if longer else state
        return state

    def _untouched(self, read: _Read, text: str) -> Iterator[str]:
        """Return the clauses of a sentence that no phrase touched."""
        parts = sorted(set(read.starts) | set(read.sentence.commas) | {0, len(read.line.words)})
        open_from: int | None = None
        for first, end in pairwise(parts):
            silent = not read.touched & set(range(first, end))
            if silent and open_from is None:
                open_from = first
            if open_from is not None and (not silent or end == len(read.line.words)):
                last = end if silent else first
                if last - open_from >= LEAST_WORDS:
                    start, stop = read.sentence.span(open_from, last - 1)
                    yield text[start:stop]
                open_from = None


def _widest(places: Grammar, line: Line, zones: Mapping[str, str]) -> Iterator[tuple[str, int, int]]:
    """Return the places of the body in a sentence; what a longer one overlaps is part of its name."""
    spans = {(zone, first, end) for zone in zones for first, end in places.spans(line, zone)}
    for zone, first, end in spans:
        inside = any(a < end and first < b and (b - a) > (end - first) for _, a, b in spans)
        if not inside:
            yield zone, first, end
