"""The records read from a plan: campaigns, targets, deadlines, award tiers, exemplars, assignments."""

from __future__ import annotations

from typing import Annotated, Self

from pydantic import Field, model_validator

from .values import (
    AwardForm,
    Bound,
    Change,
    Comparator,
    Confidence,
    DeadlineKind,
    Decimal,
    PartialDate,
    Provenance,
    Record,
    Recurrence,
    RecurrenceDay,
)


def check_order(start: str | None, end: str | None) -> None:
    """Raise ValueError when `end` lies before `start` at the precision that both have."""
    if start is not None and end is not None:
        shared = min(len(start), len(end))
        if end[:shared] < start[:shared]:
            raise ValueError(f"ends ({end}) before it starts ({start})")


class Phase(Record):
    """A phase (đợt, giai đoạn, chặng) of a campaign."""

    name: str
    start: PartialDate | None = None
    end: PartialDate | None = None
    purpose: str | None = None
    provenance: Provenance

    @model_validator(mode="after")
    def _ordered(self) -> Self:
        check_order(self.start, self.end)
        return self


class Campaign(Record):
    """What the document launches."""

    name: str
    theme: str | None = None
    scope: str | None = None
    year: int | None = None
    start: PartialDate | None = None
    end: PartialDate | None = None
    phases: tuple[Phase, ...] = ()
    movements: tuple[str, ...] = ()
    section: str | None = None
    provenance: Provenance

    @model_validator(mode="after")
    def _ordered(self) -> Self:
        check_order(self.start, self.end)
        return self


class Target(Record):
    """An indicator (chỉ tiêu): exactly one of `value` (with comparator) and `status` is set."""

    id: Annotated[str, Field(pattern=r"^t[1-9][0-9]*$")]
    ordinal: str | None = None
    group: str | None = None
    parent: str | None = None
    name: Annotated[str, Field(min_length=1)]
    comparator: Comparator | None = None
    change: Change = "level"
    value: Decimal | None = None
    value_max: Decimal | None = None
    unit: str | None = None
    value_vnd: Decimal | None = None
    value_vnd_max: Decimal | None = None
    status: str | None = None
    value_text: str
    period: PartialDate | None = None
    section: str | None = None
    provenance: Provenance
    confidence: Confidence

    @model_validator(mode="after")
    def _value_or_status(self) -> Self:
        if (self.value is None) == (self.status is None):
            raise ValueError("exactly one of value and status must be set")
        if (self.value is None) != (self.comparator is None):
            raise ValueError("a value needs a comparator, a status has none")
        if (self.comparator == "range") != (self.value_max is not None):
            raise ValueError("value_max belongs to the comparator 'range' alone")
        if self.value is not None and self.value_max is not None and self.value_max < self.value:
            raise ValueError(f"range ends ({self.value_max}) below its start ({self.value})")
        return self


class Deadline(Record):
    """A date, term or recurring day by which something is due."""

    kind: DeadlineKind
    start: PartialDate | None = None
    end: PartialDate | None = None
    bound: Bound | None = None
    recurrence: Recurrence | None = None
    recurrence_day: RecurrenceDay | None = None
    what: str
    responsible: str | None = None
    section: str | None = None
    provenance: Provenance
    confidence: Confidence

    @model_validator(mode="after")
    def _ordered(self) -> Self:
        check_order(self.start, self.end)
        return self


class Criterion(Record):
    """What a recipient must have done; `recipient` None where the text names none."""

    recipient: str | None = None
    text: str


class AwardTier(Record):
    """A form or level of commendation; `amount_vnd` is for each, in đồng."""

    name: Annotated[str, Field(min_length=1)]
    form: AwardForm
    rank: Annotated[int, Field(ge=1)] | None = None
    quantity: Annotated[int, Field(ge=0)] | None = None
    amount_vnd: Decimal | None = None
    authority: str | None = None
    recipients: tuple[str, ...] = ()
    criteria: tuple[Criterion, ...] = ()
    section: str | None = None
    provenance: Provenance
    confidence: Confidence


class Exemplar(Record):
    """An exemplary model (điển hình tiên tiến) to be found and built in one movement."""

    ordinal: str | None = None
    movement: str
    lead: str | None = None
    coordinators: tuple[str, ...] = ()
    start: PartialDate | None = None
    end: PartialDate | None = None
    criteria: tuple[Criterion, ...] = ()
    section: str | None = None
    provenance: Provenance
    confidence: Confidence

    @model_validator(mode="after")
    def _ordered(self) -> Self:
        check_order(self.start, self.end)
        return self


class Assignment(Record):
    """What the chapter Tổ chức thực hiện asks of one body."""

    body: Annotated[str, Field(min_length=1)]
    tasks: tuple[str, ...] = ()
    task_count: Annotated[int, Field(ge=0)]
    section: str | None = None
    provenance: Provenance

    @model_validator(mode="after")
    def _counts_its_tasks(self) -> Self:
        if self.task_count != len(self.tasks):
            raise ValueError(f"task_count is {self.task_count}, but there are {len(self.tasks)} tasks")
        return self
