"""The public functions: texts and documents in, restored texts and documents out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache, lru_cache

from unidecode import unidecode

from ...dictionaries import entries, rows
from ..options import Options
from ..values import DoubtfulToken, Line
from .detect import lost_lines
from .engine import Restorer
from .model import model, repair_channel
from .persons import spared
from .repair import Repairer
from .result import Choice, RestoredDocument, RestoredText, Token
from .run_together import Parter
from .syllables import with_late_tones, written_late
from .unit_cells import mended_units

LISTS = ("acronyms", "code_parts")
DOUBT = 0.5  # a token below this confidence is doubtful: most of them are wrong
UNSURE_NUMBER = 0.6  # and a number that an engine was less sure of: few are wrong, but each of them is dear
MOST_REMEMBERED = 100_000  # different readings after which a new start is cheaper than the memory of all of them


@lru_cache(maxsize=1)
def _made(_lists: tuple[object, ...]) -> tuple[Restorer, Callable[[str], bool]]:
    restorer = Restorer(model())
    keys = frozenset(restorer.lexicon.keys)
    return restorer, lru_cache(MOST_REMEMBERED)(lambda word: unidecode(word) in keys)


def _restorer() -> tuple[Restorer, Callable[[str], bool]]:
    """The restorer and what tells its keys, made anew when the user's lists have changed or it remembers too much."""
    lists = (*(rows(name) for name in LISTS), tuple(entry.spellings for entry in entries("units")))
    if _made(lists)[0].lexicon.remembered > MOST_REMEMBERED:
        _made.cache_clear()
    return _made(lists)


@cache
def _only_repairer() -> Repairer:
    return Repairer(model(), repair_channel())


@cache
def _parter() -> Parter:
    return Parter(model())


def _repairer() -> Repairer:
    if _only_repairer().remembered > MOST_REMEMBERED:
        _only_repairer.cache_clear()
    return _only_repairer()


def restore(text: str) -> str:
    """The text with its lost marks restored, line for line; line ends and blank lines stay as they are."""
    lines = text.split("\n")
    bare = [line.removesuffix("\r") for line in lines]
    restored = restore_lines(bare).lines
    return "\n".join(new + line[len(old) :] for new, old, line in zip(restored, bare, lines, strict=True))


def restore_lines(lines: Sequence[str], options: Options | None = None) -> RestoredText:
    """Restore the lines that have lost their marks."""
    options = options or Options()
    engine, is_skeleton = _restorer()
    lost = lost_lines(lines, is_skeleton)
    numbers = [k for k, is_lost in enumerate(lost) if is_lost and lines[k].strip()]
    choices = engine.restore([lines[k] for k in numbers], options.self_training)
    if written_late(line for line, is_lost in zip(lines, lost, strict=True) if not is_lost):
        choices = [c._replace(text=with_late_tones(c.text)) if c.text != c.piece.text else c for c in choices]
    return _rewritten(lines, numbers, choices)


def _rewritten(lines: Sequence[str], numbers: Sequence[int], choices: Sequence[Choice]) -> RestoredText:
    """All lines with the choices in place (line by line, in order); the lines of choices count in `numbers`."""
    by_line: dict[int, list[Choice]] = {}
    for choice in choices:
        by_line.setdefault(numbers[choice.piece.line], []).append(choice)
    by_line = dict(sorted(by_line.items()))
    restored = list(lines)
    for number, of_line in by_line.items():
        restored[number] = _rewritten_line(lines[number], of_line)
    for number, of_line in spared(by_line, restored, lines).items():
        by_line[number] = of_line
        restored[number] = _rewritten_line(lines[number], of_line)
    return RestoredText(tuple(restored), by_line, frozenset(k + 1 for k in numbers))


def _rewritten_line(line: str, choices: Sequence[Choice]) -> str:
    parts: list[str] = []
    done = 0
    for piece, text, *_ in choices:
        parts += (line[done : piece.start], text)
        done = piece.end
    parts.append(line[done:])
    return "".join(parts)


def _is_ocr(line: Line, options: Options) -> bool:
    """Whether a Vietnamese engine read the line and said how sure it was of its words."""
    return options.ocr_language.startswith("vie") and any(word.confidence is not None for word in line.words)


def _word_columns(line: Line) -> list[tuple[int, float]]:
    """Where each word of an OCR line begins in its text, and the engine's confidence."""
    columns: list[tuple[int, float]] = []
    position = 0
    for word in line.words:
        at = line.text.find(word.text, position) if word.text else -1
        if at >= 0:
            columns.append((at, 1.0 if word.confidence is None else word.confidence))
            position = at + len(word.text)
    return columns


def _unsure_numbers(line: Line, text: str) -> list[DoubtfulToken]:
    """Words with figures that the engine was not sure of: no language knows better, so they stay and are doubtful."""
    found: list[DoubtfulToken] = []
    position = 0
    for word in line.words:
        at = text.find(word.text, position) if word.text else -1
        if at < 0:
            continue
        position = at + len(word.text)
        if word.confidence is not None and word.confidence < UNSURE_NUMBER and any(map(str.isdigit, word.text)):
            found.append(DoubtfulToken(line.number, at + 1, word.text, (), round(word.confidence, 3)))
    return found


def restore_document(lines: Sequence[Line], options: Options) -> RestoredDocument:
    """Restore the lines that have lost their marks, and repair doubtful words of lines that an engine has read."""
    read = [k for k, line in enumerate(lines) if _is_ocr(line, options)]
    plain = sorted(set(range(len(lines))) - set(read))
    texts = [line.text for line in lines]
    lost = restore_lines([texts[k] for k in plain], options)
    for k, text in zip(plain, lost.lines, strict=True):
        texts[k] = text
    doubtful = [_doubtful(lines[plain[token.line - 1]], token) for token in lost.tokens if token.confidence < DOUBT]
    touched = {lines[plain[number - 1]].number for number in lost.restored}
    if read and options.repair_doubtful_words:
        confidences = []
        for k in read:
            texts[k], of_line = _parter().parted(texts[k], _word_columns(lines[k]))
            confidences.append(of_line)
        choices = _repairer().repair([texts[k] for k in read], confidences)
        repaired = _rewritten(texts, read, choices)
        doubtful += [_doubtful(lines[token.line - 1], token) for token in repaired.tokens if token.confidence < DOUBT]
        touched |= {lines[k].number for k in read if repaired.lines[k] != lines[k].text}
        texts = mended_units(lines, repaired.lines, read)
    known = {(token.line, token.column) for token in doubtful}
    numbers = [token for k in read for token in _unsure_numbers(lines[k], texts[k])]
    doubtful += [token for token in numbers if (token.line, token.column) not in known]
    doubtful.sort(key=lambda token: (token.line, token.column))
    result = tuple(line.with_text(text) for line, text in zip(lines, texts, strict=True))
    return RestoredDocument(result, tuple(doubtful), frozenset(touched))


def _doubtful(line: Line, token: Token) -> DoubtfulToken:
    return DoubtfulToken(line.number, token.column, token.token, token.alternatives, token.confidence)
