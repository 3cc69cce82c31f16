"""The signature block: signing power and body, position, name (Nghị định 30/2020/NĐ-CP, Điều 13)."""

from __future__ import annotations

from collections.abc import Sequence

from ...dictionaries import pattern
from ...schemas import Notice, Signature
from ..text.fuzzy import fuzzy_index
from ..text.normalize import fold, squeeze
from ..values import Line, Passage
from .closing import split_closing
from .marks import begins_with_position, is_person, is_position, is_power, position_of
from .model import Outline
from .organisations import leading_kind
from .printed import is_upper

_LONGEST_POSITION = 8
_POWER_SIGNS = (1, 2, 3)


def _pieces(line: Line) -> list[str]:
    """A line of the block taken apart where power, position and name were merged into one."""
    if is_person(line.text):
        return [line.text]
    words = line.text.split()
    pieces: list[str] = []
    shouted = next((n for n, word in enumerate(words) if not is_upper(word) and word[-1:] not in ".,-–&"), len(words))
    head, tail = words[:shouted], words[shouted:]
    if shouted == 0 or (tail and not is_person(" ".join(tail))):
        return [line.text]
    start = 0
    for index in range(1, len(head)):
        rest = " ".join(head[index:])
        if is_power(rest) and index > start:
            pieces.append(" ".join(head[start:index]))
            start = index
    for count in range(min(_LONGEST_POSITION, len(head) - start), 0, -1):
        position = " ".join(head[-count:])
        before = " ".join(head[start:-count])
        if (
            is_position(position)
            and not before.endswith(".")
            and len(before) not in _POWER_SIGNS
            and not (is_power(before) and is_position(before[4:]))
        ):
            pieces += [before, position]  # nothing before it when all of it is a position
            break
    else:
        pieces.append(" ".join(head[start:]))
    return [piece for piece in [*pieces, " ".join(tail)] if piece]


def _chairman() -> str:
    listed = fuzzy_index("positions").exact("chu tich")
    return listed.form.upper() if listed else ""


def _is_open(authority: Sequence[str], position: Sequence[str]) -> bool:
    """Whether the body in whose name is signed may go on over the next line (`TM. HỘI ĐỒNG` / `THI ĐUA …`)."""
    return bool(authority) and not position and not is_position(authority[-1].partition(".")[2])


def _goes_on_with_position(piece: str) -> bool:
    """Whether a line in capitals is the second line of a position, and no name or stamp beside it."""
    if is_upper(piece) and pattern("closing", "position_goes_on").match(piece):
        return True
    named = pattern("closing", "person").match(piece) is not None
    return not named and pattern("closing", "clean_capitals").match(piece) is not None


def _read(pieces: Sequence[str]) -> tuple[list[str], list[str], str | None]:
    authority: list[str] = []
    position: list[str] = []
    name: str | None = None
    for piece in pieces:
        if pattern("closing", "signed").match(piece):
            continue
        if is_power(piece):
            authority.append(piece)
        elif (known := position_of(piece) or (piece if begins_with_position(piece) else None)) is not None:
            position.append(known)
        elif position and _goes_on_with_position(piece):
            position.append(piece)
        elif authority and not position and pattern("closing", "chairman_end").search(piece):
            position.append(_chairman())
        elif (match := pattern("closing", "person").match(piece)) and is_person(piece) and leading_kind(piece) is None:
            signs = authority or position or (piece is pieces[-1] and not is_upper(piece))
            takes = name is None or (is_upper(name) and not is_upper(piece))
            name = squeeze(match["name"]) if signs and takes else name
        elif _is_open(authority, position) and pattern("closing", "clean_capitals").match(piece):
            authority[-1] = f"{authority[-1]} {piece}"
    return authority, position, name


def read_signature(outline: Outline) -> Signature | None:
    """The signature block of the closing lines, None where there is none."""
    lines = split_closing(outline.closing).signing
    pieces = [squeeze(piece).strip(" ,;:|") for line in lines for piece in _pieces(line)]
    authority, position, name = _read([piece for piece in pieces if piece])
    if not authority and not position and name is None:
        return None
    return Signature(
        authority=" ".join(authority) or None,
        position=None if _signs_for_himself(authority, position) else " ".join(position) or None,
        name=name,
        provenance=Passage.of_lines(lines, "\n").provenance(),
    )


def _signs_for_himself(authority: Sequence[str], position: Sequence[str]) -> bool:
    """Whether the position is that of whom is signed for (`KT. GIÁM ĐỐC`, `GIÁM ĐỐC`): a stamp hid a word."""
    deputed = pattern("closing", "deputed").match(authority[-1]) if authority else None
    return deputed is not None and fold(authority[-1][deputed.end() :]) == fold(" ".join(position))


def signature_notices(signature: Signature | None) -> tuple[Notice, ...]:
    """A warning where somebody signs for another (`KT.`) and the own position could not be read."""
    if signature is None or signature.position is not None or signature.authority is None:
        return ()
    if pattern("closing", "deputed").search(signature.authority) is None:
        return ()
    message = f"the position of who signs {signature.authority!r} could not be read: look at the page"
    return (Notice(code="position_unread", message=message, provenance=signature.provenance),)
