"""Takes a document apart: letterhead, title, body and closing lines."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from .document_types import heading_type
from .labels import read_bullet, read_label
from .marks import is_position, marked
from .printed import Measure, Printed, ends_sentence, is_upper, left_open, without_rows

_LETTERHEAD_LINES = 60
_MARKED_LINES = 16
_TITLE_LINES = 8
_SIGNING_LINES = 12
_LINES_TO_MEASURE = 60


@dataclass(slots=True)
class Partition:
    """The printed lines of each part; annexes belong to the body."""

    letterhead: list[Printed] = field(default_factory=list)
    title: list[Printed] = field(default_factory=list)
    body: list[Printed] = field(default_factory=list)
    closing: list[Printed] = field(default_factory=list)


def _begins_body(item: Printed) -> bool:
    """Whether a line has the label of a chapter or point: no letterhead goes on with it."""
    label = read_label(item.text) if not item.is_row else None
    return label is not None and label.kind in ("part", "roman", "number", "article", "annex")


def _type_line(printed: Sequence[Printed]) -> int | None:
    """Index of the line that names the document's type, if it stands before all text."""
    for index, item in enumerate(printed[:_LETTERHEAD_LINES]):
        if item.is_row:
            continue
        if heading_type(item.text) is not None:
            return index
        if _begins_body(item):
            return None
        if len(item.text) > 150 and not item.is_row and not marked("national_title", item.text):
            return None
    return None


def _marks_letterhead(item: Printed) -> bool:
    names = ("national_title", "motto", "place_date", "number_line", "about", "addressed", "stamp")
    return len(item.text) < 200 and any(marked(name, item.text) for name in names)


def _letterhead_end(printed: Sequence[Printed]) -> int:
    """Where the letterhead of a document without a type line ends (0 when it has none)."""
    end = 0
    for index, item in enumerate(printed[:_MARKED_LINES]):
        if _begins_body(item):
            break
        if _marks_letterhead(item):
            end = index + 1
        elif not item.is_row and ends_sentence(item.text) and not is_upper(item.text) and len(item.text) > 60:
            break
    while 0 < end < len(printed) and marked("about", printed[end - 1].text) and printed[end].text[:1].islower():
        end += 1
    return end


def _joins_title(title: Sequence[Printed], item: Printed, shaped: bool) -> bool:
    """Whether a line goes on with the title gathered so far; `shaped` tells that its place on the page says so."""
    last = title[-1].text
    if len(title) >= _TITLE_LINES or ends_sentence(last) or item.is_row:
        return False
    if read_label(item.text) or read_bullet(item.text) or item.star:
        return False
    if left_open(" ".join(part.text for part in title)) or last.endswith((",", "-", "–")):
        return True
    if marked("title_tail", item.text):
        return True
    first = item.text.lstrip("“\"('")[:1]
    if item.text.startswith("(") or first.islower():
        return not marked("enclosed", item.text)
    if is_upper(last) and is_upper(item.text):
        return item.gap == "none"
    if item.gap != "none" or marked("preamble", item.text):
        return first.isdigit() and len(item.text) < 90
    return shaped or first.isdigit()


def _is_centred(item: Printed, others: Sequence[Printed]) -> bool:
    box = item.line.box
    boxes = [other.line.box for other in others if other.line.box is not None and other.line.page == item.line.page]
    if box is None or not boxes:
        return False
    left, right = min(b.x0 for b in boxes), max(b.x1 for b in boxes)
    return box.x0 - left > 25 and abs((box.x0 - left) - (right - box.x1)) < 15


def _begins_title(item: Printed) -> bool:
    if item.is_row or item.star or read_label(item.text) or read_bullet(item.text) or marked("addressed", item.text):
        return False
    if marked("enclosed", item.text):
        return False
    sentence = marked("preamble", item.text) and marked("cited", item.text)
    return not sentence or (len(item.text) < 160 and not ends_sentence(item.text) and item.text[-1:] != ",")


def _gather_title(printed: Sequence[Printed], parts: Partition) -> int:
    """Fill the title from the lines after the type line; returns where the body begins."""
    index = 0
    measure = Measure(printed[:_LINES_TO_MEASURE])
    while index < len(printed):
        item = printed[index]
        if not parts.title:
            if marked("enclosed", item.text):
                parts.letterhead.append(item)
                index += 1
                continue
            if not _begins_title(item):
                break
        else:
            shaped = _is_centred(item, printed[:_LINES_TO_MEASURE]) or measure.is_full(parts.title[-1], item)
            if not _joins_title(parts.title, item, shaped):
                break
        parts.title.append(item)
        index += 1
    while index < len(printed) and marked("enclosed", printed[index].text) and len(printed[index].text) < 200:
        parts.letterhead.append(printed[index])
        index += 1
    return index


def _texts(item: Printed) -> list[str]:
    return [part.text for part in without_rows([item])]


def _signs_off(printed: Sequence[Printed], index: int) -> bool:
    """Whether the closing lines begin here: Nơi nhận, a signing power, or a position over a name."""
    item = printed[index]
    texts = _texts(item)
    if any(marked("recipients", text) for text in texts):
        return True
    if any(marked("power", text) and is_upper(text[:24]) for text in texts):
        return True
    if item.is_row or not is_position(item.text):
        return False
    following = [part for part in printed[index + 1 : index + 5] if not marked("recipients", part.text)]
    return all(len(part.text) < 60 and not read_label(part.text) and not part.is_row for part in following)


def _begins_annex(item: Printed) -> bool:
    if item.is_row:
        return len(item.line.cells or ()) > 3
    label = read_label(item.text)
    if label is not None and (label.kind in ("annex", "part") or (label.kind == "roman" and not label.mended)):
        return True
    return marked("national_title", item.text) or marked("enclosed", item.text) or heading_type(item.text) is not None


def _lost_recipients(body: list[Printed]) -> list[Printed]:
    """Take the list of recipients off the end of the body where OCR lost the words `Nơi nhận` above it."""
    start = len(body)
    while start and read_bullet(body[start - 1].text) is not None:
        start -= 1
    if start == len(body) or not marked("archive_copy", body[-1].text):
        return []
    taken = body[start:]
    del body[start:]
    return taken


def _split_body(printed: Sequence[Printed], parts: Partition) -> None:
    """Body, closing lines and annexes; the letterhead and title of an annex are left out."""
    in_closing = False
    closed = False
    index = 0
    while index < len(printed):
        item = printed[index]
        if in_closing and _begins_annex(item):
            in_closing = False
            closed = True
            index += _annex_head(printed[index : index + _LETTERHEAD_LINES])
            continue
        if not in_closing and _signs_off(printed, index):
            in_closing = True
            parts.closing += _lost_recipients(parts.body) if not closed else []
        if not in_closing:
            parts.body.append(item)
        elif not closed:
            parts.closing.extend(without_rows([item]))
        index += 1


def _annex_head(printed: Sequence[Printed]) -> int:
    """How many lines the letterhead, type and title of an annexed document take (0 for a plain annex)."""
    if not marked("national_title", printed[0].text) and heading_type(printed[0].text) is None:
        return 0
    found = _type_line(printed[:_SIGNING_LINES])
    if found is None:
        return 1
    return found + 1 + _gather_title(printed[found + 1 :], Partition())


def partition(printed: Sequence[Printed]) -> Partition:
    """The parts of a document; text without a letterhead is all body."""
    parts = Partition()
    found = _type_line(printed)
    if found is None:
        end = _letterhead_end(printed)
        parts.letterhead += without_rows(printed[:end])
    else:
        parts.letterhead += without_rows(printed[:found])
        type_line = printed[found]
        parts.letterhead.append(type_line)
        matched = heading_type(type_line.text)
        rest = matched[1] if matched else ""
        if rest:
            start = type_line.text.rfind(rest)
            parts.title.append(Printed(type_line.line.with_text(rest), type_line.text[start:], type_line.gap))
        end = found + 1 + _gather_title(printed[found + 1 :], parts)
    _split_body(printed[end:], parts)
    return parts
