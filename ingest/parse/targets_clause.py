"""Takes the text of a block apart into clauses, one for each figure or predicate."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from ...dictionaries import pattern
from ..text.quantities import Quantity, Unit, find_quantities, leads_figure
from .targets_scope import loosely

_FILLER = "¤"
_BRACKETS = re.compile(r"\([^()]*\)")
_QUOTES = re.compile(r"“[^“”]*”|\"[^\"]*\"|‘[^‘’]*’")
_DASH = re.compile(r"\s*[-–—]\s*\Z")
_NOUN = re.compile(r"\A\s*(?P<noun>[^\W\d_]{1,12})(?!\w)")
_PART_CLOSES = re.compile(r"\s*(?:[,;.]|\Z)")
_LONGEST = 20_000
_SHORT_ITEM = 2
_LATE = 60
_BEFORE = 200  # characters


@dataclass(frozen=True, slots=True)
class Clause:
    """A clause from `start` to `end` (offsets in the block's text) with its main quantity, None when it has none.

    `sentence` and `part` number the sentence (up to a full stop) and its part (up to a semicolon) that it stands in.
    `child`: it follows `trong đó`. `opens`: it is the first of its part. `guessed`: the unit is no known noun.
    `crowded`: it holds other figures, too.
    """

    start: int
    end: int
    quantity: Quantity | None
    sentence: int
    part: int
    child: bool = False
    opens: bool = False
    guessed: bool = False
    crowded: bool = False


@dataclass(frozen=True, slots=True)
class _Segment:
    start: int
    end: int
    sentence: int
    part: int
    child: bool


def _rx(name: str) -> re.Pattern[str]:
    return pattern("targets", name)


def mask(text: str) -> str:
    """The text with brackets and quotations blotted out, sign for sign: numbers in them are names or asides.

    A bracket that says of what the figure consists (`(trong đó …)`) is opened instead.
    """

    def blot(match: re.Match[str]) -> str:
        inner = match.group()
        if inner[0] == "(" and _rx("part").match(inner, 1):
            closed = _PART_CLOSES.match(match.string, match.end())
            return "," + inner[1:-1].replace(";", ",") + (";" if closed else " ")
        return inner[0] + _FILLER * (len(inner) - 2) + inner[-1] if len(inner) > 1 else inner

    once = _rx("number_repeated").sub(lambda match: " " * len(match.group()), text[:_LONGEST])
    return _QUOTES.sub(blot, _BRACKETS.sub(blot, once)) + _FILLER * max(0, len(text) - _LONGEST)


def _guessed_unit(quantity: Quantity, after: str) -> Quantity | None:
    """A number before a noun that no dictionary knows: the noun is its unit. None when it counts nothing."""
    if _rx("function_word").match(after):
        return None
    match = _NOUN.match(after)
    if match is None or not (match["noun"][0].islower() or (match["noun"].isupper() and len(match["noun"]) > 1)):
        return quantity
    end = quantity.core_end + match.end()
    return replace(quantity, unit=Unit(match["noun"], "count"), core_end=end, end=end)


def _with_shared_units(text: str) -> list[Quantity]:
    """The quantities of a text; `xây mới 02 và sửa chữa 03 nhà` counts nhà twice."""
    found = list(find_quantities(text))
    for at, (left, right) in enumerate(itertools.pairwise(found)):
        counted = left.unit is None and right.unit is not None and right.unit.kind == "count"
        if counted and _rx("shares_unit").match(text[left.end : right.lead]):
            found[at] = replace(left, unit=right.unit)
    return found


def _with_late_bound(quantity: Quantity, text: str) -> Quantity:
    """`kết nạp 08 đảng viên mới trở lên`: the bound stands behind all that names the counted."""
    counted = quantity.unit is not None and quantity.unit.kind in ("count", "percent")
    if not counted or quantity.comparator != "eq" or quantity.end != quantity.core_end:
        return quantity
    match = _rx("late_bound").match(text[quantity.end : quantity.end + _LATE])
    return replace(quantity, comparator="ge", bound_end=quantity.end + match.end()) if match else quantity


def _usable(text: str) -> Iterator[tuple[Quantity, bool]]:
    """The quantities that may be targets, each with whether its unit was guessed."""
    counted = False
    for quantity in (_with_late_bound(q, text) for q in _with_shared_units(text)):
        listed = counted and _rx("list_before").search(text[: quantity.number][-8:]) is not None
        bare = quantity.spelt and quantity.lead == quantity.number
        if bare and not listed and not _after_verb(text, quantity.number):
            continue
        counted = quantity.spelt
        after = text[quantity.core_end : quantity.core_end + 60]
        before = text[max(0, quantity.number - _BEFORE) : quantity.number]
        if quantity.unit is None:
            if _rx("campaign_unit").match(after) or _rx("proper_before").search(before):
                continue
            fuller = _guessed_unit(quantity, after)
            if fuller is None:
                continue
            yield fuller, fuller is not quantity
        elif _names_term_or_place(quantity.unit, before):
            continue
        elif quantity.unit.kind != "count" or not _rx("campaign_tail").match(after):
            yield quantity, False


def _names_term_or_place(unit: Unit, before: str) -> bool:
    """Whether a figure is a term (`3 ngày`) or says where (`tại 19 xã, thị trấn`)."""
    if unit.kind == "time" and "/" not in unit.name:
        return _rx("lasting").search(before) is None
    return "," in unit.name and _rx("whole_district").search(before) is not None


def _after_verb(text: str, position: int) -> bool:
    """Whether a number in words is counted (`xây dựng ba mô hình`), not said in passing (`giữa hai lần`)."""
    return _rx("ends_with_verb").search(text[max(0, position - 30) : position]) is not None


def _cuts(text: str, quantities: Sequence[Quantity]) -> list[int]:
    """Offsets inside a part where a new clause may begin."""
    starts = {q.lead for q in quantities} | {q.start for q in quantities} | {q.number for q in quantities}
    cuts = []
    for match in _rx("split").finditer(text):
        position = match.end()
        if match.group().strip():
            cuts.append(position)
            continue
        word_end = text.find(" ", position)
        following = word_end + 1
        if word_end > 0 and (following in starts or _names_next(text, following, quantities)):
            cuts.append(following)
    cuts += [m.end() for m in _rx("with_measure").finditer(text) if quantities and quantities[0].end <= m.start()]
    for left, right in itertools.pairwise(quantities):
        between = text[left.end : right.lead]
        if _DASH.fullmatch(between):
            cuts.append(right.number)
        elif left.unit is not None and left.unit.kind == "measure" and _rx("bare_indicator").match(between):
            cuts.append(left.end)
    return sorted(set(cuts))


def _names_next(text: str, position: int, quantities: Sequence[Quantity]) -> bool:
    """Whether an indicator or task with a figure of its own begins at `position`, after one with a figure."""
    rest = text[position : position + 40]
    if not (_rx("own_indicator").match(rest) or _rx("action").match(rest)):
        return False
    before = [q for q in quantities if q.end <= position]
    after = [q for q in quantities if q.number > position]
    if not before or not after:
        return False
    return not any(sign in text[before[-1].end : after[0].number] for sign in ",;.")


def _segments(text: str, quantities: Sequence[Quantity]) -> Iterator[_Segment]:
    spans = [(q.start, q.end) for q in quantities]
    cuts = [c for c in _cuts(text, quantities) if not any(a < c < b for a, b in spans)]
    parts = {m.start(): m.end() for m in _rx("part").finditer(text)}
    ends = [(m.start(), m.end(), m.group().strip()[:1]) for m in _rx("sentence_end").finditer(text)]
    marks = sorted([(c, c, "cut") for c in cuts] + [(a, b, "part") for a, b in parts.items()] + ends)
    start, sentence, part, child = 0, 0, 0, False
    for begin, stop, kind in [*marks, (len(text), len(text), "end")]:
        if begin < start:
            continue
        if text[start:begin].strip(" ,:;–—-¤"):
            yield _Segment(start, begin, sentence, part, child)
        start = stop
        if kind == "part":
            child = True
        elif kind != "cut":
            child, part = False, part + 1
            sentence += kind != ";"


def _main(text: str, start: int, found: Sequence[Quantity]) -> Quantity:
    """Which of a segment's quantities it states: the others belong to the name."""
    first = found[0]
    head = text[start : first.lead]
    acts = _rx("ends_with_verb").search(head) and not _rx("own_indicator").match(head)
    first_counts = acts or not _rx("opening").sub("", head).strip(" ,:")
    if len(found) == 1 or (first_counts and not found[-1].reach):
        return first
    leading = [q for q in found[1:] if q.lead < q.number or text[: q.number].rstrip().endswith(":")]
    return leading[-1] if leading else first


def _begins_anew(text: str) -> bool:
    """Whether a segment opens a statement of its own."""
    opened = _rx("opening").match(text)
    if opened is not None and _rx("directive").search(opened.group()):
        return True
    rest = text[opened.end() :] if opened else text
    change = _rx("falling").match(rest) or _rx("rising").match(rest)
    if change is not None and _rx("own_indicator").match(rest[change.end() :]):
        return True
    if opened is not None and _rx("time").search(opened.group()) and rest[:1].isalpha():
        return not leads_figure(rest)
    return any(_rx(name).match(rest) for name in ("own_indicator", "action", "each")) or bool(
        _rx("status_absent").match(text)
    )


class _Gatherer:
    """Gathers segments into clauses: a segment without a figure goes to the clause before it or after it."""

    def __init__(self, text: str, statuses: bool) -> None:
        self.text = text
        self.statuses = statuses
        self.done: list[Clause] = []
        self.pending: _Segment | None = None
        self.part = -1

    def add(self, segment: _Segment, found: Sequence[Quantity], guessed: Sequence[Quantity]) -> None:
        if segment.part != self.part:
            self.flush()
            self.part = segment.part
        if found:
            self._figure(segment, found, guessed)
        else:
            self._words(segment)

    def _figure(self, segment: _Segment, found: Sequence[Quantity], guessed: Sequence[Quantity]) -> None:
        start, opens = segment.start, self._opens(segment)
        if self.pending is not None and self.pending.child == segment.child:
            joined = self.text[self.pending.start : segment.start]
            bare = _rx("opening").sub("", joined)
            subject = any(_rx(name).match(joined) for name in ("indicator", "each")) or _rx("only_action").match(bare)
            own = not self._head(segment.start, found[0]) and _rx("own_indicator").match(self.text[found[0].end :])
            if own:
                self.flush()
            elif (
                subject or self._is_noun(segment, found[0]) or not _begins_anew(self.text[segment.start : segment.end])
            ):
                start = self.pending.start
            elif self.statuses:
                self.flush()
        opens = opens or (start < segment.start and self._opens(self.pending or segment))
        self.pending = None
        main = _main(self.text, start, found)
        known = any(main is q for q in guessed)
        self.done.append(Clause(start, segment.end, main, segment.sentence, segment.part, segment.child, opens, known))

    def _is_noun(self, segment: _Segment, quantity: Quantity) -> bool:
        """Whether a verb right before `đạt` ends a list of fields: `lĩnh vực đất đai, xây dựng đạt trên 85%`."""
        verb = _rx("only_action").match(self.text[segment.start : quantity.lead])
        return verb is not None and quantity.lead < quantity.start

    def _opens(self, segment: _Segment) -> bool:
        return not self.done or self.done[-1].part != segment.part

    def _words(self, segment: _Segment) -> None:
        text = self.text[segment.start : segment.end]
        last = self.done[-1] if self.done and self.done[-1].part == segment.part else None
        status = self.statuses and loosely("status_last", text.strip())
        if self.pending is not None:
            if status or not _begins_anew(text):
                self.pending = replace(self.pending, end=segment.end)
                if status:
                    self.flush()
            else:
                self.flush()
                self.pending = segment
        elif last is None or self._opens_next(last, text, bool(status)):
            self.pending = segment
            if status:
                self.flush()
        elif last.child == segment.child:
            self.done[-1] = replace(last, end=segment.end)

    def _opens_next(self, last: Clause, text: str, status: bool) -> bool:
        """Whether words after a complete clause open the next one instead of ending it."""
        if last.quantity is None:
            return status or _begins_anew(text)
        head = self._head(last.start, last.quantity)
        tail = self.text[last.quantity.end : last.end].strip(" ,¤()")
        if ":" in tail:
            return _rx("directive").search(text) is not None  # `03 tiêu chí: Giao thông, Thu nhập và …`
        if not head:
            # `95% học sinh, sinh viên tham gia …`: what is counted goes on until it has its predicate
            if _rx("inner_predicate").search(tail) is None:
                absent = not tail and _rx("status_absent").match(text)
                return bool(absent or _rx("directive").search(text) or _rx("own_indicator").match(text))
            return status or (_begins_anew(text) and not self._goes_on(text))
        return status or not tail or (_begins_anew(text) and not _enumerates(tail))

    def _goes_on(self, text: str) -> bool:
        """Whether words go on with what is said of a share or count: `01 cơ sở có chức năng chăm sóc, nuôi dưỡng …`."""
        own = (_rx("directive").search(text), _rx("own_indicator").match(text), _rx("status_absent").match(text))
        return not any(own)

    def flush(self) -> None:
        """End the words that wait for a figure: a statement of their own, or the rest of the share before them."""
        waiting, self.pending = self.pending, None
        if waiting is None:
            return
        last = self.done[-1] if self.done and self.done[-1].part == waiting.part else None
        text = self.text[waiting.start : waiting.end].strip()
        goes_on = _rx("only_action").match(text) is not None
        if (
            last is not None
            and last.child == waiting.child
            and (goes_on or (self._is_share(last) and not _says_status(text)))
        ):
            self.done[-1] = replace(last, end=waiting.end)
            return
        opens = self._opens(waiting)
        self.done.append(Clause(waiting.start, waiting.end, None, waiting.sentence, waiting.part, waiting.child, opens))

    def _is_share(self, clause: Clause) -> bool:
        """Whether a clause begins with its figure (`giảm 5% số vụ`)."""
        return clause.quantity is not None and not self._head(clause.start, clause.quantity)

    def _head(self, start: int, quantity: Quantity) -> str:
        return _rx("opening").sub("", self.text[start : quantity.lead]).strip(" ,:")


def _enumerates(tail: str) -> bool:
    """Whether words end inside a list of short items (`trồng, thu hái, sơ chế`), which what follows goes on with."""
    last = tail.rpartition(",")[2].split()
    return "," in tail and len(last) <= _SHORT_ITEM


def _says_status(text: str) -> bool:
    return any(loosely(name, text) for name in ("status_absent", "status_last", "status_first"))


def clauses(text: str, statuses: bool) -> list[Clause]:
    """The clauses of a block's text in order; with `statuses`, predicates without a figure end a clause, too."""
    masked = mask(text)
    usable = list(_usable(masked))
    quantities = [q for q, _ in usable]
    guessed = [q for q, guess in usable if guess]
    gatherer = _Gatherer(masked, statuses)
    index = 0
    for segment in _segments(masked, quantities):
        found = []
        while index < len(quantities) and quantities[index].number < segment.end:
            if quantities[index].number >= segment.start:
                found.append(quantities[index])
            index += 1
        gatherer.add(segment, found, guessed)
    gatherer.flush()
    return gatherer.done
