"""The grammar of quantities: number, unit, comparator, change, range, fraction, money in đồng.

`find_quantities` gives all quantities of a text with their offsets; tables, lists, prose and awards read by it alike.
Numbers that are names (dates, articles, ages, grades) are left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from typing import Literal

from ...dictionaries import Entry, entries, index, pattern
from ...schemas import Change, Comparator, Decimal
from .dates import find_dates
from .normalize import fold, squeeze
from .numbers import parse_digits, parse_words, tidy, times

UnitKind = Literal["percent", "money", "measure", "count", "time"]
_LEAD_WINDOW = 90
_YEAR = re.compile(r"(?:19|20)\d{2}")
_DIGITS = str.maketrans("OolI", "0011")
_WORD = re.compile(r"\s*[^\W\d_]")
_PER_BLANKS = re.compile(r"\s*/\s*")


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit as the record holds it (lower case, abbreviations written out), its kind, and đồng in one of it."""

    name: str
    kind: UnitKind
    vnd: int | None = None


@dataclass(frozen=True, slots=True)
class Quantity:
    """A quantity of a text. Offsets: the words before it that qualify it begin at `lead`, its passage (those words
    that belong to it) at `start`, the number at `number`; the unit ends at `core_end`, all of it at `end`.

    `whole` is the second number of a fraction (`5/6 thôn`: value 5, whole 6). `reach`: the number is to be reached
    (`giảm còn 5%`), `about`: approximate, `spelt`: in words.
    `bound_end`: where a bound ends that stands behind the counted noun (`08 đảng viên mới trở lên`), else 0.
    `name_words` are words beside the number that belong to the indicator's name (`bình quân`). `doubtful`: a lone comma
    before three digits, which may be meant for thousands, or letters read as digits.
    """

    lead: int
    start: int
    number: int
    core_end: int
    end: int
    value: Decimal
    value_max: Decimal | None = None
    unit: Unit | None = None
    comparator: Comparator = "eq"
    change: Change = "level"
    whole: Decimal | None = None
    reach: bool = False
    about: bool = False
    spelt: bool = False
    name_words: str = ""
    doubtful: bool = False
    bound_end: int = 0

    @property
    def vnd(self) -> Decimal | None:
        """The value in đồng, None when it is no money."""
        factor = self.unit.vnd if self.unit else None
        return None if factor is None else times(self.value, factor)

    @property
    def vnd_max(self) -> Decimal | None:
        """The upper value of a range in đồng."""
        factor = self.unit.vnd if self.unit else None
        return None if factor is None or self.value_max is None else times(self.value_max, factor)


def _pattern(name: str) -> re.Pattern[str]:
    return pattern("quantities", name)


def _resolved(printed: str) -> tuple[str, Entry | None]:
    """A unit word in lower case with its abbreviation written out, and its entry."""
    word = squeeze(printed)
    entry = index("units").get(word.lower())
    if entry is None:
        return word.lower(), None
    known = {variant.lower() for variant in entry.variants}
    return (entry.form if word.lower() in known else word).lower(), entry


@cache
def read_unit(text: str) -> Unit | None:
    """The unit that a text such as a cell of a table's unit column consists of; None when it is not known."""
    parts = [part for part in _PER_BLANKS.split(text.strip().strip(".")) if part]
    if not parts:
        return None
    name, entry = _resolved(parts[0])
    if entry is None:
        return None
    names = [name, *(_resolved(part)[0] for part in parts[1:])]
    return Unit("/".join(names), entry.fields["kind"], entry.fields.get("vnd"))


def _unit_at(text: str, position: int) -> tuple[Unit | None, int]:
    """The unit that follows the number before `position`, and where it ends."""
    match = _pattern("unit").match(text[position : position + 80])
    if match is not None:
        end = position + match.end()
        name, end = _with_bases(match["unit"] + match["per"], text, end)
        return read_unit(name), end
    loose = _pattern("two_words").match(text[position : position + 20])
    entry = _unmarked_units().get(fold(loose["unit"])) if loose else None
    if loose is None or entry is None:
        return None, position
    name, end = _with_bases(entry.form, text, position + loose.end())
    return read_unit(name), end


def _with_bases(name: str, text: str, position: int) -> tuple[str, int]:
    """The unit with bases whose marks were restored wrongly (`%/nằm`)."""
    while (match := _pattern("per").match(text[position : position + 40])) is not None:
        two = _unmarked_bases().get(fold(f"{match['base']} {match['second']}")) if match["second"] else None
        base = two or _unmarked_bases().get(fold(match["base"]))
        if base is None:
            break
        name = f"{name}/{base}"
        position += match.end("second") if two else match.end("base")
    return name, position


@cache
def _unmarked_bases() -> dict[str, str]:
    return {fold(entry.form): entry.form for entry in entries("unit_bases")}


@cache
def _unmarked_units() -> dict[str, Entry]:
    """Units of two syllables by their spelling without marks; those that could be another unit are left out."""
    found: dict[str, Entry] = {}
    for entry in entries("units"):
        key = fold(entry.form)
        if len(key.split()) == 2:
            found[key] = entry
    return found


def _scale_at(text: str, position: int) -> tuple[int, str, int]:
    """Factor, word and end of a scale word (nghìn, triệu, tỷ) at `position`; factor 1 when there is none."""
    match = _pattern("scale").match(text[position : position + 20])
    if match is None:
        return 1, "", position
    word = match["scale"].lower()
    return int(index("number_words")[word].fields["value"]), word, position + match.end()


@dataclass(frozen=True, slots=True)
class _Amount:
    """A number with its unit, as far as `end`."""

    value: Decimal
    unit: Unit | None
    end: int


def _amount(text: str, value: Decimal, position: int) -> _Amount:
    """The amount whose number `value` ends at `position`: unit, scale word and lesser part are read on."""
    unit, end = _unit_at(text, position)
    if unit is None:
        factor, word, scaled = _scale_at(text, position)
        if factor > 1:
            unit, end = _unit_at(text, scaled)
            if unit is not None:
                return _Amount(times(value, factor), unit, end)
            money = _money_scale(word)
            if money is None:
                more, greater, end = _scale_at(text, scaled)  # `10 nghìn tỷ`
                money = _money_scale(greater) if more > factor else None
                scaled, value = (end, times(value, factor)) if money is not None else (scaled, value)
            if money is None or (_WORD.match(text, scaled) and not _sum_follows(text, scaled)):
                return _Amount(times(value, factor), None, scaled)
            unit, end = money, scaled
    if unit is not None and unit.vnd is not None and unit.vnd >= 10**6 and "/" not in unit.name:
        value, end = _with_smaller_part(text, value, unit.vnd, end)
    return _Amount(value, unit, end)


def _money_scale(word: str) -> Unit | None:
    """`19 tỷ` without đồng is money all the same."""
    wanted = int(index("number_words")[word].fields["value"])
    forms = [e.form for e in entries("units") if e.fields.get("vnd") == wanted]
    return Unit(forms[0], "money", wanted) if wanted >= 10**6 and forms else None


def _sum_follows(text: str, position: int) -> bool:
    return _pattern("smaller_sum").match(text[position : position + 40]) is not None


def _with_smaller_part(text: str, value: Decimal, factor: int, position: int) -> tuple[Decimal, int]:
    """`16 tỷ 257 triệu đồng`: the lesser part is added to the greater."""
    match = _pattern("smaller_sum").match(text[position : position + 40])
    if match is None:
        return value, position
    part, word = parse_digits(match["digits"]), match["unit"].lower()
    unit = read_unit(word) or (_money_scale(word) if word in index("number_words") else None)
    if part is None or unit is None or unit.vnd is None or unit.vnd >= factor or part * unit.vnd >= factor:
        return value, position
    return tidy(value + part * unit.vnd / factor), position + match.end()


def _same_unit(first: Unit | None, second: Unit | None) -> bool:
    return first is None or (second is not None and second.name.startswith(first.name))


def _ranged(text: str, first: _Amount) -> tuple[_Amount, Decimal | None]:
    """The amount, and the upper value when a range follows."""
    match = _pattern("until").match(text[first.end : first.end + 60])
    upper = parse_digits(match["digits"]) if match else None
    if match is None or upper is None:
        return first, None
    second = _amount(text, upper, first.end + match.end())
    if not _same_unit(first.unit, second.unit) or second.value <= first.value:
        return first, None
    lower = first.value
    if first.unit is None and upper > 0 and second.value != upper and lower < upper:
        lower = tidy(lower * second.value / upper)  # 2 - 3 nghìn cây
    return _Amount(lower, second.unit, second.end), second.value


def _named(text: str, number: int, number_end: int, unit: Unit | None) -> bool:
    """Whether the number is a name: a year, an article, an age, a grade."""
    before = text[max(0, number - 60) : number]
    if _pattern("base_before").search(before) and _pattern("base").match(text[number : number + 60]):
        return True
    if _pattern("named_before").search(before):
        return unit is None or unit.kind in ("count", "time")
    if _pattern("numbered_before").search(before) and (unit is None or unit.kind == "time"):
        return True
    after = _pattern("named_after").match(text[number_end : number_end + 20])
    return after is not None and not _pattern("age_reached").search(before)


def _lead(text: str, number: int, floor: int) -> tuple[int, list[tuple[int, str, Entry | None]]]:
    """Where the words that qualify the number begin, and each of them with its entry (None: who gave the figure)."""
    left = max(floor, number - _LEAD_WINDOW)
    match = _pattern("lead").search(text[left:number])
    if match is None:
        return number, []
    words: list[tuple[int, str, Entry | None]] = []
    known = index("comparators")
    position = match.start()
    for word in _pattern("lead_word").finditer(text[left:number], match.start()):
        if text[left:number][position : word.start()].strip(" ,:"):
            words.append((left + position, "", None))
        words.append((left + word.start(), word.group(), known.get(squeeze(word.group()).lower())))
        position = word.end()
    return left + match.start(), words


def leads_figure(text: str) -> bool:
    """Whether a text begins with a word that qualifies a number (`còn`, `đạt trên`)."""
    return _pattern("lead_word").match(text) is not None


def _qualified(found: Quantity, text: str, floor: int) -> Quantity:
    """The quantity with the comparators beside it read."""
    lead, words = _lead(text, found.number, floor)
    comparator: Comparator | None = None
    reach = about = False
    change: Change = "level"
    start, name_words = found.number, ""
    for position, printed, entry in reversed(words):
        fields = entry.fields if entry else {}
        if fields.get("name"):
            name_words = squeeze(printed)
        comparator = comparator or fields.get("comparator")
        change = fields.get("change", change)
        reach, about = reach or bool(fields.get("reach")), about or bool(fields.get("about"))
        if not fields.get("drop"):
            start = position
    tail = _pattern("tail").match(text[found.core_end : found.core_end + 30])
    end = found.core_end + tail.end() if tail else found.core_end
    unit = found.unit
    if tail is not None and unit is not None and "/" not in unit.name:
        name, end = _with_bases(unit.name, text, end)  # `60 triệu đồng trở lên/người/năm`
        unit = read_unit(name) or unit
    if tail is not None and comparator is None:
        entry = index("comparators").get(squeeze(tail["word"]).lower())
        comparator = entry.fields["comparator"] if entry else "ge"
    if found.value_max is not None:
        comparator = "range"
    elif comparator is None and words and _pattern("from").match(text[words[-1][0] : found.number]):
        comparator = "ge"
    return replace(
        found,
        lead=lead,
        start=start,
        end=end,
        unit=unit,
        comparator=comparator or "eq",
        change="level" if reach else change,
        name_words=name_words,
        reach=reach,
        about=about,
    )


def _candidates(text: str) -> Iterator[tuple[int, int, Decimal, bool]]:
    """Start, end and value of each number, in digits or words."""
    found = [(m.start(), m.end(), parse_digits(m["digits"]), False) for m in _pattern("number").finditer(text)]
    for match in _pattern("number_words").finditer(text):
        if match.start() and _pattern("named_before").search(text[max(0, match.start() - 12) : match.start()]):
            continue
        found.append((match.start(), match.end(), parse_words(match["words"]), True))
    for start, end, value, spelt in sorted(found, key=lambda item: item[0]):
        if value is not None:
            yield start, end, value, spelt


def _masked(text: str) -> list[tuple[int, int]]:
    return [(span.start, span.end) for span in find_dates(text)]


def _quantity(text: str, number: int, end: int, value: Decimal, spelt: bool) -> Quantity | None:
    """The quantity whose number stands at `number`; None when the number is a name."""
    more = _pattern("more").match(text[end : end + 30])
    whole = parse_digits(more["digits"]) if more else None
    if more is not None and whole is not None and not spelt:
        if _pattern("rank_before").search(text[max(0, number - 20) : number]):
            return None
        unit, stop = _unit_at(text, end + more.end())
        if unit is None or value > whole:
            return None
        amount, upper = _Amount(value, unit, stop), None
    else:
        first = _amount(text, value, end)
        if _named(text, number, end, first.unit):
            return None
        amount, upper = _ranged(text, first)
    if amount.unit is None and upper is None and _YEAR.fullmatch(text[number:end]):
        return None
    doubtful = _pattern("doubtful_comma").fullmatch(text[number:end]) is not None
    if doubtful and amount.unit is not None and amount.unit.kind == "count" and "/" not in amount.unit.name:
        amount = replace(amount, value=times(amount.value, 1000))  # nobody counts 12.5 animals
    return Quantity(
        lead=number,
        start=number,
        number=number,
        core_end=amount.end,
        end=amount.end,
        value=amount.value,
        value_max=upper,
        unit=amount.unit,
        whole=whole,
        spelt=spelt,
        doubtful=doubtful,
    )


def _mended(text: str) -> str:
    """The text with letters that stand for digits in its numbers (`O5`, `l00%`) read as those, sign for sign."""
    return _pattern("misread").sub(lambda match: match.group().translate(_DIGITS), text)


def _doubted(quantity: Quantity, printed: str, mended: str) -> Quantity:
    """A quantity of the mended text, doubtful when letters were read as its digits."""
    span = slice(quantity.number, quantity.core_end)
    return replace(quantity, doubtful=True) if printed[span] != mended[span] else quantity


def find_quantities(text: str) -> tuple[Quantity, ...]:
    """All quantities of `text` (NFC, one paragraph), in order, not overlapping."""
    found: list[Quantity] = []
    mended = _mended(text)
    if mended != text:
        return tuple(_doubted(quantity, text, mended) for quantity in find_quantities(mended))
    dates = _masked(text) if text else []
    position = floor = 0
    for number, end, value, spelt in _candidates(text):
        if number < position:
            continue
        if any(a <= number < b for a, b in dates):
            continue
        quantity = _quantity(text, number, end, value, spelt)
        if quantity is None:
            continue
        position = quantity.core_end
        quantity = _qualified(quantity, text, floor)
        floor = quantity.end
        found.append(quantity)
    return tuple(found)


def money_vnd(text: str) -> Decimal | None:
    """The first sum of money in `text`, in đồng, or None."""
    return next((q.vnd for q in find_quantities(text) if q.vnd is not None), None)
