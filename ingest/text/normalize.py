"""Plain text tools: Unicode form, keys without marks, Markdown and HTML leftovers."""

from __future__ import annotations

import re
import unicodedata

from unidecode import unidecode

from ..values import Mark, Passage

_MARKUP = re.compile(r"\*{1,3}(?=\S)|(?<=\S)\*{1,3}|</?(?:b|i|u|em|strong|br)\s*/?>|^\s{0,3}#{1,6}\s+", re.IGNORECASE)
_ETH = str.maketrans("Ðð", "Đđ")
_ESCAPE = re.compile(r"\\([*_#\-+.()\[\]])")


def nfc(text: str) -> str:
    """Unicode NFC without byte order marks, soft hyphens and zero-width signs; blanks of any width become plain.

    The Icelandic eth, which prints like `Đ`, is that letter.
    """
    text = unicodedata.normalize("NFC", text).translate(_ETH)
    return re.sub(
        r"[\u00a0\u2000-\u200a\u202f\u205f\u3000]", " ", re.sub(r"[\ufeff\u00ad\u200b-\u200d\u2060]", "", text)
    )


def squeeze(text: str) -> str:
    """White space runs as one blank, none at the ends."""
    return " ".join(text.split())


def fold(text: str) -> str:
    """Key of a text for look-ups: no marks, lower case, single blanks."""
    return squeeze(unidecode(text).lower())


def _cut(passage: Passage, spans: list[tuple[int, int]]) -> Passage:
    kept: list[str] = []
    marks = list(passage.marks)
    removed = 0
    position = 0
    shifted: list[Mark] = []
    cuts = iter([*spans, (len(passage.text), len(passage.text))])
    for start, end in cuts:
        while marks and marks[0].offset <= start:
            mark = marks.pop(0)
            shifted.append(mark._replace(offset=max(0, mark.offset - removed)))
        kept.append(passage.text[position:start])
        while marks and marks[0].offset < end:
            mark = marks.pop(0)
            shifted.append(mark._replace(offset=max(0, start - removed)))
        removed += end - start
        position = end
    shifted += [m._replace(offset=max(0, m.offset - removed)) for m in marks]
    return Passage("".join(kept), tuple(shifted))


def without_markup(passage: Passage) -> Passage:
    """The passage without Markdown emphasis, heading marks and simple HTML tags; a bullet `* ` stays."""
    spans = [match.span() for match in _MARKUP.finditer(passage.text)]
    return _cut(passage, spans) if spans else passage


def plain(text: str) -> str:
    """A string without markup, with single blanks: how values are written into records."""
    return squeeze(without_markup(Passage(_ESCAPE.sub(r"\1", text), ())).text)


class _Signs(dict[int, str]):
    """Fills itself: code point to its sign without marks, lower case; a sign that would grow stays as it is."""

    def __missing__(self, code: int) -> str:
        sign = chr(code)
        bare = unidecode(sign).lower()
        self[code] = bare if len(bare) == 1 else sign
        return self[code]


_SIGNS = _Signs()


def fold_signs(text: str) -> str:
    """The text without marks, lower case, sign for sign: offsets in it are offsets in `text` (which must be NFC)."""
    return text.translate(_SIGNS)
