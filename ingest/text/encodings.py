"""Text in pre-Unicode or broken encodings, back into Vietnamese: TCVN3, VNI, VISCII, Windows-1258, glyph indexes."""

from __future__ import annotations

import codecs
import re
import unicodedata
from collections.abc import Callable, Mapping
from functools import cache
from types import MappingProxyType

from ...dictionaries import index, pattern, rows
from .quality import score

FONT_ENCODINGS = ("tcvn3", "vni", "viscii")
# What a decoding must add to the score of a text before it is believed.
_GAIN = 0.15
_ESCAPE = re.compile(r"\\u([0-9a-f]{4})")
# Letters of glyph-index text that Vietnamese never uses (Cyrillic additions), and digits hiding in control characters.
_GLYPH_SIGNS = re.compile("[\u0329-\u036f\u046a-\u046d\u04a4-\u04fb]")
_GLYPH_HINTS = re.compile("[\u0003-\u0008\u000b\u000c\u000e-\u001f\u0329-\u036f\u046a-\u046d\u04a4-\u04fb]")
_HORN = re.compile("[\u01a2\u01a3]")
_WORD = re.compile(r"[^\W\d_]+")


def _plain(cell: str) -> str:
    return _ESCAPE.sub(lambda m: chr(int(m[1], 16)), cell)


@cache
def table(encoding: str) -> Mapping[str, str]:
    """Legacy letters (one or two characters) of an encoding and what they stand for."""
    found = {_plain(legacy): _plain(letter) for name, legacy, letter in rows("legacy_encodings") if name == encoding}
    return MappingProxyType(found)


@cache
def _matcher(encoding: str) -> re.Pattern[str]:
    keys = sorted(table(encoding), key=lambda key: (-len(key), key))
    return re.compile("|".join(re.escape(key) for key in keys))


def decode(text: str, encoding: str) -> str:
    """`text` read as `encoding`: a name in dictionaries/legacy_encodings.tsv."""
    letters = table(encoding)
    decoded = unicodedata.normalize("NFC", _matcher(encoding).sub(lambda m: letters[m[0]], text))
    return _WORD.sub(lambda m: _with_tilde(m[0]), decoded) if encoding == "mac_roman" and "Ã" in text else decoded


def _with_tilde(word: str) -> str:
    """The Macintosh table has two letters that show as Ã: a word that is known with it keeps it."""
    tilde = word.replace("Ì", "Ã")
    return tilde if tilde.lower() in index("mac_tilde_words") else word


def detect(text: str, font: str = "") -> str | None:
    """The encoding of a text set in one font, by signs that only it has, then by the font's name, then by statistics.

    None when the text is best left as it is.
    """
    signs = len(_GLYPH_SIGNS.findall(text))
    if signs >= 2 or (signs and len(text) < 40):
        return "glyph_index"
    before = score(text).value
    for encoding in FONT_ENCODINGS:
        if pattern("legacy_fonts", encoding).search(font) and score(decode(text, encoding)).value >= before:
            return encoding
    if text.isascii() or before + _GAIN > 1.0:
        return None
    gains = {name: score(decode(text, name)).value - before for name in (*FONT_ENCODINGS, "mac_roman")}
    best = max(gains, key=lambda name: gains[name])
    return best if gains[best] >= _GAIN else None


def decode_font(text: str, encoding: str, font: str = "") -> str:
    """`text` read as `encoding`; the capitals of a TCVN3 font (`.VnTimeH`) are stored as small letters."""
    decoded = decode(text, encoding)
    return decoded.upper() if encoding == "tcvn3" and pattern("legacy_fonts", "capitals").search(font) else decoded


def hints_at_glyphs(text: str) -> bool:
    """Whether letters or control characters (digits hide in them) hint at glyph-index text."""
    return bool(_GLYPH_HINTS.search(text))


def is_horn_variant(text: str) -> bool:
    """Whether a text stores `ư` as `ƣ` (U+01A3)."""
    return bool(_HORN.search(text))


def mend_horn(text: str) -> str:
    """`ƣ` as `ư`, and `Õ` as `Ò` where no word with `Õ` is known, as the same producer stores them."""

    def word(match: re.Match[str]) -> str:
        found = match[0]
        if "Õ" in found and found.lower() not in index("tilde_words"):
            found = found.replace("Õ", "Ò")
        return found

    return _WORD.sub(word, text.replace("\u01a3", "ư").replace("\u01a2", "Ư"))


def _utf16(data: bytes) -> str | None:
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return data.decode("utf-16", "replace")
    even, odd = data[::2].count(0), data[1::2].count(0)
    if max(even, odd) > len(data) // 10:
        return data.decode("utf-16-le" if odd > even else "utf-16-be", "replace")
    return None


def _windows_1258(data: bytes) -> str:
    return unicodedata.normalize("NFC", data.decode("cp1258", "replace"))


def decode_bytes(data: bytes) -> str:
    """Text of a plain text file: UTF-8, UTF-16, or the eight-bit encoding that reads best as Vietnamese."""
    if data.startswith(codecs.BOM_UTF8):
        return data.decode("utf-8-sig", "replace")
    wide = _utf16(data)
    if wide is not None:
        return wide.removeprefix("\ufeff")
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        text = data.decode("utf-8", "replace")
        # A cut or damaged file is UTF-8 still: letters of eight bits hardly ever make up its sequences.
        if sum(not sign.isascii() for sign in text) < 2 * text.count("\ufffd"):
            return _eight_bit(data)
    return mend(text)


def _eight_bit(data: bytes) -> str:
    latin = data.decode("latin-1")
    readings: dict[str, Callable[[], str]] = {
        "windows-1258": lambda: _windows_1258(data),
        "tcvn3": lambda: decode(latin, "tcvn3"),
        "vni": lambda: decode(data.decode("cp1252", "replace"), "vni"),
        "viscii": lambda: decode(latin, "viscii"),
        "windows-1252": lambda: data.decode("cp1252", "replace"),
    }
    texts = {name: read() for name, read in readings.items()}
    return max(texts.values(), key=lambda text: score(text).value)


def mend(text: str) -> str:
    """Unicode text whose letters were stored in a legacy encoding, decoded; other text as it is."""
    encoding = detect(text)
    if encoding:
        text = decode(text, encoding)
    return mend_horn(text) if is_horn_variant(text) else text
