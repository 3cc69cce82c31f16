"""The letterhead: issuer, number, place, date, document type and title (Nghị định 30/2020/NĐ-CP)."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from ...dictionaries import pattern
from ...schemas import DocumentType, Header, Notice, Provenance
from ..text.normalize import squeeze
from ..values import Line, Passage
from .closing import signing_lines
from .document_types import heading_type, type_code, type_of_number
from .marks import marked
from .model import Outline
from .organisations import body_name, leading_kind
from .printed import folded, is_upper, left_open

_OPEN_BRACKET = re.compile(r"[(\[{]\S{0,2}(?=\s|$)(?![^(]*\))")
_DIGITS = re.compile(r"\d+")
_EARLIEST_YEAR = 1945
_DATE_BELOW = 2  # lines: so far below `Kính gửi` the date of a letter may have been read
_PARTS = ("date", "nation", "motto")
_QUOTES = '“"'


@dataclass(slots=True)
class _Letterhead:
    """What the lines of the letterhead hold, column by column."""

    number: str | None = None
    place: str | None = None
    issued_on: str | None = None
    about: str | None = None
    issuer_lines: list[str] = field(default_factory=list)
    notices: list[Notice] = field(default_factory=list)


def _with_whole_parts(lines: Sequence[Line]) -> list[Line]:
    """The lines, what the layout had put on two of them on one again: place and date, national title, motto."""
    whole: list[Line] = []
    for line in lines:
        last = whole[-1] if whole else None
        for head, tail in ((last, line), (line, last)):
            if head is None or tail is None:
                continue
            if any(
                pattern("header", f"{part}_head").search(folded(head.text))
                and pattern("header", f"{part}_tail").search(folded(tail.text))
                for part in _PARTS
            ):
                whole[-1] = head.with_text(f"{head.text.strip()} {tail.text.strip()}")
                break
        else:
            whole.append(line)
    return whole


def _number(text: str) -> tuple[str, tuple[int, int]] | None:
    """The document number in a line, with blanks and dots for the pen taken out, and where it stands."""
    match = pattern("header", "number").search(folded(text))
    if match is None:
        alone = pattern("header", "number_alone").search(folded(text))
        return (alone["serial"], alone.span()) if alone else None
    serial = re.sub(r"[\s.…_]", "", text[match.start("serial") : match.end("serial")])
    code = re.sub(r"\s*([-–/])\s*", r"\1", text[match.start("code") : match.end("code")]).strip(" .")
    code = code.replace("–", "-")
    if match["code"][:1].isspace() and code[:1].isalpha():
        return f"{serial} {code}", match.span()
    return serial + ("/" + code[1:] if code[:1] not in "-/" else code), match.span()


def _unread(text: str, line: Line, code: str, what: str) -> Notice:
    """The warning that a number or date is printed that OCR did not read; it keeps the text."""
    where = Provenance(page=line.page, line_start=line.number, line_end=line.number, text=line.text.strip())
    return Notice(code=code, message=f"the letterhead's {what} cannot be read: {squeeze(text)!r}", provenance=where)


def _digits(text: str | None) -> int | None:
    if text is None:
        return None
    found = _DIGITS.findall(text)
    return int("".join(found)) if found else None


def _date(match: re.Match[str], line: Line) -> tuple[str | None, Notice | None]:
    """The printed date at the precision that is filled in; a warning when no calendar has it."""
    year, month, day = (_digits(match[name]) for name in ("year", "month", "day"))
    if year is None or not _EARLIEST_YEAR <= year < 2200:
        return None, None
    if month is None:
        return f"{year:04d}", None
    try:
        datetime.date(year, month, day or 1)
    except ValueError:
        where = Provenance(page=line.page, line_start=line.number, line_end=line.number, text=line.text.strip())
        return None, Notice(code="impossible_date", message="the letterhead's date does not exist", provenance=where)
    return (f"{year:04d}-{month:02d}" if day is None else f"{year:04d}-{month:02d}-{day:02d}"), None


def _take_date(text: str, line: Line, found: _Letterhead) -> str:
    """Read place and date out of a line; returns the line without them."""
    key = folded(text)
    match = pattern("header", "place_date").search(key)
    alone = None if match else pattern("header", "date_alone").search(key)
    span = match or alone
    if span is None or found.issued_on is not None or marked("enclosed", text):
        return text
    found.issued_on, notice = _date(span, line)
    if notice is not None:
        found.notices.append(notice)
    if match is not None and (match["odd_day"] or match["odd_month"]):
        found.notices.append(
            _unread(text[match.end("place") : match.end()].lstrip(" ,;."), line, "date_unread", "date")
        )
    if match is not None:
        found.place = squeeze(text[match.start("place") : match.end("place")]).strip(" .-–*_") or None
    return text[: span.start()] + " " + text[span.end() :]


def _without_nation(text: str) -> str:
    """The left column of a line into which the national title or motto was merged."""
    key = folded(text)
    for name in ("national_title", "motto"):
        match = pattern("partition", name).search(key)
        if match is not None:
            text = text[: match.start()] + " " * (match.end() - match.start()) + text[match.end() :]
            text = text[: match.start()] if not text[match.end() :].strip() else text
    return text


def _labelled_numbers(lines: Sequence[Line]) -> bool:
    """Whether the letterhead has a number after `Số:`; then one without the colon is of a document that it names."""
    return any(
        _number(line.text) is not None and pattern("header", "number_label").search(folded(line.text)) for line in lines
    )


def _read_lines(lines: Sequence[Line]) -> _Letterhead:
    found = _Letterhead()
    above_number = True
    lines = _with_whole_parts(lines)
    labelled = _labelled_numbers(lines)
    for index, line in enumerate(lines):
        text = line.text.replace("|", " ")
        if marked("stamp", text) or heading_type(text) is not None:
            continue
        if marked("about", text):
            found.about = _about(lines[index:])
            above_number = False
            continue
        if marked("addressed", text) or (marked("enclosed", text) and not above_number):
            for below in lines[index + 1 : index + 1 + _DATE_BELOW]:
                if pattern("header", "place_date").fullmatch(folded(below.text).strip()):
                    _take_date(below.text.strip(), below, found)
            break
        number = _number(text) if found.number is None else None
        if number is not None and labelled and not pattern("header", "number_label").search(folded(text)):
            number = None
        if number is not None:
            found.number, (start, end) = number
            text = f"{text[:start]} \t {text[end:]}"
        elif found.number is None and pattern("header", "number_unread").search(folded(text)):
            found.notices.append(_unread(text, line, "number_unread", "number"))
            above_number = False
            continue
        text = _without_nation(_take_date(text, line, found))
        left = text.split("\t")[0] if number else text
        repeated = bool(found.issuer_lines) and marked("union_title", left)
        if above_number and not repeated and any(sign.isalpha() for sign in left):
            found.issuer_lines.append(_OPEN_BRACKET.sub("", squeeze(left)).lstrip(" -–_.:*'`~"))
        above_number = above_number and number is None
    return found


def _goes_on_below(subject: str, text: str) -> bool:
    """Whether a line right below the subject of a letter is its rest: neither heading, nor date, nor number."""
    if subject[-1:] in ".;:" or is_upper(text) or _number(text) is not None or leading_kind(text) is not None:
        return False
    key = folded(text)
    return not any(pattern("header", name).search(key) for name in ("place_date", "date_alone", "date_head"))


def _about(lines: Sequence[Line]) -> str | None:
    """The trích yếu of a công văn: `V/v …` and the lines that go on with it."""
    taken: list[str] = []
    number = 0
    for line in lines:
        text = line.text.strip()
        goes_on = text[:1].islower() or text[:1] in _QUOTES or left_open(" ".join(taken))
        goes_on = goes_on or (line.number == number + 1 and _goes_on_below(" ".join(taken), text))
        number = line.number
        if taken and (not goes_on or marked("addressed", text)):
            break
        key = folded(text)
        if not taken:
            match = pattern("partition", "about").search(key)
            text = text[match.end() :] if match else text
            key = folded(text)
        date = pattern("header", "place_date").search(key)
        taken.append(text[: date.start()] if date else text)
    return squeeze(" ".join(taken)).rstrip(" .;") or None


def _bodies(lines: Sequence[str]) -> Iterator[str]:
    """The lines of the left column as names: a line that begins no name goes on with the one before."""
    name = ""
    for line in lines:
        kind = leading_kind(line)
        if name and kind in ("body", "organ"):
            yield name
            name = line
        elif name or kind is not None:
            name = f"{name} {line}".strip()
    if name:
        yield name


def _issuers(lines: Sequence[str]) -> tuple[str | None, str | None]:
    """Issuer and parent issuer of the letterhead."""
    names = list(_bodies([line for line in lines if not marked("stamp", line)]))
    if not names:
        return None, None
    if len(names) > 1 and leading_kind(names[-1]) == "organ":
        names[-2:] = [f"{names[-1]} {names[-2]}"]
    parent = body_name(names[-2]) if len(names) > 1 else None
    return body_name(names[-1]), parent


def _subject_of_launch(outline: Outline) -> str | None:
    """The body that the preamble says launches the plan."""
    for block in outline.blocks:
        if block.kind == "heading":
            return None
        match = pattern("header", "subject_of_launch").search(folded(block.passage.text))
        if match is not None:
            return body_name(block.passage.text[match.start("body") : match.end("body")])
    return None


def _unit_in_body(outline: Outline) -> str | None:
    """The kind of unit (xã, phường …) that the text names most often after its bodies."""
    counts: dict[str, int] = {}
    for block in outline.blocks:
        for match in pattern("header", "body_in_text").finditer(folded(block.passage.text)):
            start, end = match.span("unit")
            unit = squeeze(block.passage.text[start:end]).lower()
            counts[unit] = counts.get(unit, 0) + 1
    return max(counts, key=lambda unit: (counts[unit], unit)) if counts else None


def _completed(name: str, outline: Outline, place: str | None) -> str:
    """A body's name completed by its unit and the place of the letterhead."""
    key = folded(name)
    if pattern("header", "unit_name").search(key):
        return name
    if pattern("header", "unit_at_end").search(key):
        return f"{name} {place}" if place else name
    unit = _unit_in_body(outline)
    unnamed = pattern("header", "government_unnamed").search(key)
    return f"{name} {unit} {place}" if place and unit and unnamed else name


def _with_marks(name: str, outline: Outline, place: str | None) -> str:
    """A name whose unit restoration left without marks, spelled as the text below spells it most often."""
    key = folded(name)
    unit = pattern("header", "unit_name").search(key)
    if unit is None or name[unit.start("unit") : unit.end("unit")].lower() != unit["unit"]:
        return name
    wanted = key[unit.start("unit") :]
    texts = [block.passage.text for block in outline.blocks if block.kind != "table"]
    spelled = [text[at : at + len(wanted)] for text in texts for at in _places(folded(text), wanted)]
    spelled = [text for text in spelled if text.lower() != wanted]
    if spelled:
        return name[: unit.start("unit")] + max(spelled, key=lambda text: (spelled.count(text), text))
    if place is not None and folded(place) == key[unit.start("name") :]:
        return name[: unit.start("name")] + place
    return name


def _places(key: str, wanted: str) -> Iterator[int]:
    at = key.find(wanted)
    while at >= 0:
        yield at
        at = key.find(wanted, at + 1)


def _inferred_issuer(outline: Outline, place: str | None) -> str | None:
    """The issuer where the letterhead is lost: from the preamble, else the signature, completed by the place."""
    name = _subject_of_launch(outline)
    if name is None:
        for line in signing_lines(outline.closing):
            match = pattern("header", "power_body").search(folded(line.text))
            if match is not None and leading_kind(line.text[match.start("body") :]) == "body":
                name = body_name(line.text[match.start("body") :])
                break
    return _completed(name, outline, place) if name else None


def _document_type(lines: Sequence[Line], number: str | None, about: str | None) -> DocumentType:
    """The type that the letterhead prints, else what `V/v` or the abbreviation in the number tell."""
    for line in reversed(lines):
        found = heading_type(line.text)
        if found is not None:
            return type_code(found[0])
    return "cong_van" if about else type_of_number(number)


def _provenance(outline: Outline) -> Provenance | None:
    passage = Passage.of_lines(outline.letterhead, "\n")
    if outline.title is not None:
        passage = passage.joined(outline.title, "\n")
    return passage.provenance() if passage.marks else None


def read_header(outline: Outline) -> tuple[Header, tuple[Notice, ...]]:
    """The header record and its warnings (`issuer_inferred`, `impossible_date`)."""
    found = _read_lines(outline.letterhead)
    issuer, parent = _issuers(found.issuer_lines)
    notices = found.notices
    provenance = _provenance(outline)
    if (issuer is None and (provenance or outline.closing)) or (issuer and _lacks_name(issuer)):
        inferred = _inferred_issuer(outline, found.place)
        if inferred is None and issuer is not None:
            inferred = _completed(issuer, outline, found.place)
        if inferred is not None and inferred != issuer:
            message = f"the letterhead does not name the issuer; read from the text as {inferred!r}"
            notices.append(Notice(code="issuer_inferred", message=message, provenance=provenance))
            issuer = inferred
    issuer = _with_marks(issuer, outline, found.place) if issuer is not None else None
    title = outline.title.text if outline.title else found.about
    header = Header(
        issuer=issuer,
        parent_issuer=parent,
        number=found.number,
        place=found.place,
        issued_on=found.issued_on,
        document_type=_document_type(outline.letterhead, found.number, found.about),
        title=squeeze(title).rstrip(" .;:/") if title else None,
        provenance=provenance,
    )
    return header, tuple(notices)


def _lacks_name(issuer: str) -> bool:
    """Whether a government body is named without its unit (`Ủy ban nhân dân`, `Ủy ban nhân dân xã`)."""
    return pattern("header", "government_unnamed").search(folded(issuer)) is not None
