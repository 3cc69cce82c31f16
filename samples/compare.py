"""Compares a record with the truth that a careful reader wrote down for it (samples/expected).

The truth may hold fewer keys than a record: only what it has is compared. Its `dont_care` lists, kind by kind, what may
be found or not. Texts are equal when they differ in case, punctuation or a letter that OCR misread.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rapidfuzz import fuzz

ALIKE = 92  # of 100: the same text, up to a misread letter
TOLD = 85  # of 100: an obligation told in more or fewer words
RELATED = 75  # of 100: two readings of one thing
LISTS = ("legal_bases", "targets", "deadlines", "award_tiers", "exemplars", "assignments")
NAMES = ("name", "what", "movement", "body", "subject", "number")


@dataclass(frozen=True, slots=True)
class Score:
    """How many things of the truth there are, and how many of them were found whole."""

    expected: int
    right: int
    differences: tuple[str, ...]


def plain(text: str) -> str:
    """A text without case, punctuation and runs of white space."""
    return " ".join(re.findall(r"[^\W_]+|[%²/]", text.casefold()))


def same(found: Any, expected: Any) -> bool:
    """Whether a value says what the truth says; texts may differ by a misread letter, lists in their order."""
    if isinstance(expected, str) and isinstance(found, str) and not re.fullmatch(r"[\d-]+|\w+_\w+", expected):
        return fuzz.ratio(plain(found), plain(expected)) >= ALIKE
    if isinstance(expected, dict) and isinstance(found, dict):
        return all(same(found.get(key), value) for key, value in expected.items())
    if isinstance(expected, list) and isinstance(found, list):
        left = list(found)
        for value in expected:
            match = next((item for item in left if same(item, value)), None)
            if match is None:
                return False
            left.remove(match)
        return not left
    return bool(found == expected)


def same_field(key: str, found: Any, expected: Any) -> bool:
    """Like `same`; an obligation may be told in more or fewer words."""
    if key == "what" and isinstance(found, str):
        return fuzz.token_set_ratio(plain(found), plain(expected)) >= TOLD
    return same(found, expected)


def label(record: dict[str, Any]) -> str:
    """What a reader would call the record."""
    return next((str(record[key]) for key in NAMES if record.get(key)), "")


def _kinship(found: dict[str, Any], expected: dict[str, Any]) -> float:
    """How likely two records speak of one thing: name first, then the numbers and dates."""
    names = fuzz.token_set_ratio(plain(label(found)), plain(label(expected)))
    facts = [key for key in ("value", "status", "start", "end", "amount_vnd", "section") if key in expected]
    agreed = sum(found.get(key) == expected[key] for key in facts)
    return names + (10 * agreed / len(facts) if facts else 0)


def _pairs(found: list[Any], expected: list[Any]) -> list[tuple[int, int]]:
    """Indexes of records that belong together, most alike first."""
    options = [(_kinship(f, e), i, j) for i, f in enumerate(found) for j, e in enumerate(expected)]
    pairs: list[tuple[int, int]] = []
    for score, i, j in sorted(options, key=lambda option: (-option[0], option[1:])):
        if score >= RELATED and all(i != a and j != b for a, b in pairs):
            pairs.append((i, j))
    return pairs


def _compare_list(kind: str, found: list[Any], expected: list[Any], free: list[str]) -> Score:
    pairs = _pairs(found, expected)
    notes: list[str] = []
    right = 0
    for i, j in sorted(pairs, key=lambda pair: pair[1]):
        keys = [key for key in expected[j] if key not in ("id", "parent")]
        wrong = [key for key in keys if not same_field(key, found[i].get(key), expected[j][key])]
        if (found[i].get("parent") is None) != (expected[j].get("parent") is None):
            wrong.append("parent")
        right += not wrong
        notes += [f"{kind} {label(expected[j])!r}: {k} is {found[i].get(k)!r}, not {expected[j][k]!r}" for k in wrong]
    notes += [f"{kind}: missed {label(e)!r}" for j, e in enumerate(expected) if all(j != b for _, b in pairs)]
    for i, record in enumerate(found):
        excused = any(fuzz.token_set_ratio(plain(label(record)), plain(text)) >= RELATED for text in free)
        if all(i != a for a, _ in pairs) and not excused:
            notes.append(f"{kind}: made up {label(record)!r}")
    return Score(len(expected), right, tuple(notes))


def _outline(sections: list[Any], parent: str = "") -> Iterator[dict[str, Any]]:
    for section in sections:
        path = f"{parent}{section['label']}"
        yield {"name": path, "title": section["title"]}
        yield from _outline(section["children"], f"{path} > ")


def _compare_outline(found: list[Any], expected: list[Any]) -> Score:
    there = {section["name"]: section["title"] for section in _outline(found)}
    wanted = {section["name"]: section["title"] for section in _outline(expected)}
    notes = [f"sections: missed {path!r}" for path in wanted if path not in there]
    notes += [f"sections: made up {path!r}" for path in there if path not in wanted]
    both = [path for path in wanted if path in there]
    wrong = [path for path in both if not same(there[path], wanted[path])]
    notes += [f"sections {path!r}: title is {there[path]!r}, not {wanted[path]!r}" for path in wrong]
    return Score(len(wanted), len(both) - len(wrong), tuple(notes))


def _compare_fields(kind: str, found: dict[str, Any] | None, expected: dict[str, Any]) -> Score:
    there = found or {}
    wrong = [key for key in expected if not same(there.get(key), expected[key])]
    notes = tuple(f"{kind}: {key} is {there.get(key)!r}, not {expected[key]!r}" for key in wrong)
    return Score(len(expected), len(expected) - len(wrong), notes)


def compare(found: dict[str, Any], expected: dict[str, Any]) -> dict[str, Score]:
    """Score and differences of each kind that the truth has."""
    free = expected.get("dont_care", {})
    scores = {kind: _compare_fields(kind, found[kind], expected[kind]) for kind in ("header", "signature")}
    named, wanted = ([{"name": text} for text in record["recipients"]] for record in (found, expected))
    scores["recipients"] = _compare_list("recipients", named, wanted, [])
    scores["sections"] = _compare_outline(found["sections"], expected["sections"])
    for kind in LISTS:
        if kind in expected:
            scores[kind] = _compare_list(kind, found[kind], expected[kind], free.get(kind, []))
    if "campaigns" in expected:
        scores["campaigns"] = _compare_fields(
            "campaign", next(iter(found["campaigns"]), None), expected["campaigns"][0]
        )
    return scores


def wrong_numbers(found: dict[str, Any], expected: dict[str, Any]) -> list[str]:
    """Targets and awards with a number that the truth has nowhere: what must never come out unflagged."""
    keys = {"targets": ("value", "value_max"), "award_tiers": ("quantity", "amount_vnd")}
    notes = []
    for kind, fields in keys.items():
        known = {record[field] for record in expected[kind] for field in fields}
        for record in found[kind]:
            notes += [f"{kind} {label(record)!r}: {f} {record[f]}" for f in fields if record[f] not in known]
    return notes


def truth(name: str) -> dict[str, Any]:
    """The truth of the sample `name` (`01-van-khe`)."""
    path = Path(__file__).resolve().parent / "expected" / f"{name}.json"
    loaded: dict[str, Any] = json.loads(path.read_text("utf-8"))
    return loaded
