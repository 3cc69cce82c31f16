"""The text layer of a page made readable, and the decision whether it is kept."""

from __future__ import annotations

import re
from collections.abc import MutableMapping
from dataclasses import replace
from functools import lru_cache
from typing import Literal, NamedTuple

from ...dictionaries import pattern
from ..text.encodings import decode_font, detect, is_horn_variant, mend_horn
from ..text.normalize import nfc
from ..text.quality import TextScore, score
from ..values import Box, Word
from .pdf import PdfPage

_CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f]")
# What a Vietnamese page is written with; anything else is a sign of letters that cannot be decoded.
_FOREIGN = re.compile(
    r"[^\x20-\x7e\u00a0-\u024f\u0300-\u0323\u1ea0-\u1ef9\u2000-\u206f\u20ab\u2190-\u22ff\u25a0-\u25ff]"
)
_MUCH_FOREIGN = 0.05
# Scripts that no broken font of Vietnamese letters is taken for, and that an engine for Latin letters cannot read:
# from Hebrew to Tibetan, Hangul, kana, Han.
_OTHER_SCRIPT = re.compile(r"[\u0590-\u0fff\u1100-\u11ff\u3040-\u30ff\u4e00-\u9fff\uac00-\ud7af]")
_MOSTLY_OTHER = 0.3
_ENGLISH, _ENOUGH_ENGLISH = 0.12, 40
_SCAN_COVER = 0.5
_FEW_WORDS = 25
_GOOD_SCAN_LAYER = 0.85
_UNREADABLE = 0.35
_HIDDEN = 0.5


class Route(NamedTuple):
    """What is done with a page, and why."""

    kind: Literal["keep", "ocr", "empty"]
    reason: str


# Words repeat: cleaning each only once is a tenth of the time of a typed page.
_clean = lru_cache(maxsize=65536)(nfc)


def decoded_words(page: PdfPage, fonts: MutableMapping[str, str]) -> tuple[Word, ...]:
    """Words of a page with legacy encodings decoded, font by font.

    `fonts` remembers the encoding found for each font, since later pages may hold too little to tell.
    """
    texts: dict[str, list[str]] = {}
    for found in page.words:
        texts.setdefault(found.font, []).append(found.word.text)
    for font, parts in texts.items():
        if font not in fonts and (encoding := detect(" ".join(parts), font)):
            fonts[font] = encoding
    words: list[Word] = []
    for found in page.words:
        encoding = fonts.get(found.font, "")
        text = decode_font(found.word.text, encoding, found.font) if encoding else found.word.text
        if found.joined and words:
            box, last = found.word.box, words[-1].box
            whole = Box(
                min(last.x0, box.x0), min(last.top, box.top), max(last.x1, box.x1), max(last.bottom, box.bottom)
            )
            words[-1] = replace(words[-1], text=_clean(words[-1].text + text), box=whole)
        elif (clean := _clean(text)).strip():
            words.append(found.word if clean == found.word.text else replace(found.word, text=clean))
    if is_horn_variant(" ".join(word.text for word in words)):
        words = [replace(word, text=mend_horn(word.text)) for word in words]
    return tuple(words)


def _is_undecoded(text: str) -> bool:
    letters = max(1, sum(1 for character in text if not character.isspace()))
    return len(_FOREIGN.findall(text)) > _MUCH_FOREIGN * letters or bool(_CONTROLS.search(text.replace("\n", " ")))


def _is_other_script(text: str) -> bool:
    letters = sum(map(str.isalpha, text))
    return len(_OTHER_SCRIPT.findall(text)) > _MOSTLY_OTHER * letters > 0


def _is_english(text: str) -> bool:
    """Whether it is running English, among whose words signs of formulas may stand."""
    words = sum(1 for word in text.split() if len(word) > 1)
    small = len(pattern("page_layout", "english_word").findall(text))
    return small >= _ENOUGH_ENGLISH and small > _ENGLISH * words


def route(page: PdfPage, words: tuple[Word, ...], quality: TextScore) -> Route:
    """Keep the text layer, read the page image, or leave an empty page; with the reason."""
    if page.blank:
        return Route("empty", "nothing on the page")
    is_scan = page.image_cover >= _SCAN_COVER
    if not words:
        return Route("ocr", "no text layer")
    if is_scan and len(words) < _FEW_WORDS:
        return Route("ocr", f"only {len(words)} words in the text layer over a scanned page")
    text = " ".join(word.text for word in words)
    if _is_other_script(text) and not is_scan:
        return Route("keep", "typed text in another script")
    if _is_undecoded(text) and (is_scan or not _is_english(text)):
        return Route("ocr", "letters of the text layer cannot be decoded")
    if is_scan or page.hidden > _HIDDEN:
        if quality.value < _GOOD_SCAN_LAYER:
            return Route("ocr", f"text layer over a scan reads badly ({quality.value:.2f})")
        return Route("keep", f"good text layer over a scan ({quality.value:.2f})")
    if page.image_cover > 0.05 and quality.legal < _UNREADABLE and quality.words > _FEW_WORDS:
        return Route("ocr", f"text layer reads badly ({quality.value:.2f})")
    return Route("keep", f"typed text ({quality.value:.2f})")


def layer_score(words: tuple[Word, ...]) -> TextScore:
    """Score of a page's words as one text."""
    return score(" ".join(word.text for word in words))
