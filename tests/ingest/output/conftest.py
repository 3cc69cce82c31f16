"""Records of an invented commune, and a conversion that holds them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from kehoach.ingest.output.files import write_conversion
from kehoach.ingest.output.manifest import MANIFEST_NAME, ManifestLine
from kehoach.schemas import Campaign, Criterion, Deadline, Exemplar, Header, Phase, Plan, Provenance, Source, Target

PLACE = Provenance(page=2, line_start=7, line_end=8, text="- Tổng đàn lợn đạt 1.250 con")


def make_plan(file: str = "a/kế hoạch.pdf", sha256: str = "0" * 64, **changes: Any) -> Plan:
    target = Target(
        id="t1",
        ordinal="-",
        name="Tổng đàn lợn",
        comparator="ge",
        value=1250.5,
        unit="con",
        value_text="1.250,5 con",
        period="2031",
        provenance=PLACE,
        confidence=0.9,
    )
    quality = Target(
        id="t2", name="+ An ninh", status="giữ vững", value_text="giữ vững", provenance=PLACE, confidence=1.0
    )
    fields: dict[str, Any] = {
        "source": Source(file=file, sha256=sha256, media_type="application/pdf", page_count=3),
        "header": Header(issuer="Ủy ban nhân dân xã Suối Mơ", issued_on="2031-02-05", document_type="ke_hoach"),
        "recipients": ("Như trên", "Lưu: VT"),
        "targets": (target, quality),
        "deadlines": (
            Deadline(kind="report", end="2031-06-15", bound="by", what="Báo cáo", provenance=PLACE, confidence=0.7),
        ),
        "exemplars": (
            Exemplar(
                movement="Nhà sạch",
                coordinators=("Hội Phụ nữ", "Đoàn Thanh niên"),
                criteria=(Criterion(recipient="Tập thể", text="dẫn đầu"), Criterion(text="sáng tạo")),
                provenance=PLACE,
                confidence=0.5,
            ),
        ),
        "campaigns": (
            Campaign(
                name="Phong trào thi đua",
                year=2031,
                phases=(Phase(name="Đợt 1", start="2031-01", provenance=PLACE),),
                provenance=PLACE,
            ),
        ),
    }
    return Plan(**{**fields, **changes})


@pytest.fixture
def plan() -> Callable[..., Plan]:
    """Builds a plan with some records of most kinds."""
    return make_plan


@pytest.fixture
def conversion(tmp_path: Path) -> Path:
    """An output folder with three inputs, of which one failed."""
    folder = tmp_path / "out"
    lines = [ManifestLine(file="c.pdf", status="failed", category="damaged", error="is damaged")]
    for number, file in enumerate(("b.pdf", "a/kế hoạch.pdf")):
        write_conversion(folder, file, make_plan(file, sha256=str(number) * 64), "văn bản\n")
        lines.append(ManifestLine(file=file, status="ok", sha256=str(number) * 64, pages=3))
    content = "".join(line.model_dump_json() + "\n" for line in lines)
    (folder / MANIFEST_NAME).write_text(content, "utf-8")
    return folder
