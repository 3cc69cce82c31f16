"""Value types shared by the records: partial dates, decimals, closed vocabularies, section paths."""

from __future__ import annotations

import datetime
import re
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

_PARTIAL_DATE = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")
_RECURRENCE_DAY = re.compile(r"(?:(\d{2})-)?(\d{1,2})")


def check_partial_date(text: str) -> str:
    """Return `text` when it is a real ISO 8601 date of reduced precision; raise ValueError otherwise."""
    match = _PARTIAL_DATE.fullmatch(text)
    if match is None:
        raise ValueError(f"not a date of the form YYYY, YYYY-MM or YYYY-MM-DD: {text!r}")
    year, month, day = (int(part) if part else 1 for part in match.groups())
    datetime.date(year, month, day)
    return text


def check_recurrence_day(text: str) -> str:
    """Return `text` when it is a day of the month (`20`) or of the year (`06-15`)."""
    match = _RECURRENCE_DAY.fullmatch(text)
    if match is None:
        raise ValueError(f"not a day of the form DD or MM-DD: {text!r}")
    month, day = match.groups()
    datetime.date(2024, int(month or 1), int(day))
    return text


PartialDate = Annotated[str, AfterValidator(check_partial_date)]
RecurrenceDay = Annotated[str, AfterValidator(check_recurrence_day)]
Decimal = int | float
Confidence = Annotated[float, Field(ge=0, le=1)]

DocumentType = Literal[
    "ke_hoach",
    "chuong_trinh",
    "huong_dan",
    "quyet_dinh",
    "thong_bao",
    "bao_cao",
    "chi_thi",
    "cong_van",
    "nghi_quyet",
    "luat",
    "nghi_dinh",
    "thong_tu",
    "de_an",
    "other",
]
PageMethod = Literal["text_layer", "ocr", "plain_text"]
Comparator = Literal["eq", "ge", "gt", "le", "lt", "range"]
Change = Literal["level", "increase", "decrease"]
DeadlineKind = Literal["campaign", "phase", "review", "report", "implementation", "other"]
Bound = Literal["by", "from_to", "in", "on"]
Recurrence = Literal["monthly", "quarterly", "semiannual", "annual"]
AwardForm = Literal["giai_thuong", "giay_khen", "bang_khen", "co_thi_dua", "danh_hieu", "other"]


class Record(BaseModel):
    """Base of every record: immutable, strict, no unknown keys."""

    model_config = ConfigDict(frozen=True, strict=True, extra="forbid")


class Provenance(Record):
    """Where a record was read from: 1-based page (None where there are none), 1-based lines of the restored text."""

    page: Annotated[int, Field(ge=1)] | None
    line_start: Annotated[int, Field(ge=1)]
    line_end: Annotated[int, Field(ge=1)]
    text: str


def section_path(parent: str | None, label: str) -> str:
    """Path of the section `label` below the path `parent`.

    An ancestor whose label is a dotted prefix of `label` is dropped with all below it: II.2 > 2.1 gives II.2.1.
    Labels that themselves hold dots are taken apart, so `II.2.1` > `2.1.1` gives `II.2.1.1` as the record asks.
    """
    if not parent:
        return label
    ancestors = parent.split(".")
    parts = label.split(".")
    for length in range(len(parts) - 1, 0, -1):
        for start in range(len(ancestors) - length + 1):
            if ancestors[start : start + length] == parts[:length]:
                return ".".join([*ancestors[:start], *parts])
    return f"{parent}.{label}"
