"""Text that is no plan gives no deadlines, award tiers or exemplars: laws none, news hardly ever."""

from __future__ import annotations

import gzip
import random
from pathlib import Path

import pytest
from kehoach.ingest.parse.awards import read_award_tiers
from kehoach.ingest.parse.deadlines import read_deadlines
from kehoach.ingest.parse.exemplars import read_exemplars
from kehoach.ingest.parse.model import PlanContext
from kehoach.ingest.parse.outline import build_outline
from kehoach.ingest.values import Line

LINES = 1000
IN_A_ROW = 40
# Decisions and news quote real terms of real offices (`Báo cáo kết quả trước ngày …`): one or two lines in a thousand
# read as a plan's own; a competition that a paper announces is one.
CEILINGS = {
    "admin7_khanhng": 2,
    "baomoi_pol": 3,
    "binhdinh_news": 1,
    "gazetteer": 0,
    "phapdien": 1,
    "readability1000": 3,
    "unc_dantri": 6,
    "uts_vlc_2021": 0,
    "uts_vlc_2023": 1,
    "vanban_misc": 0,
    "vietnews_pol": 2,
}


def lines_of(name: str, shared: Path) -> list[str]:
    with gzip.open(shared / "corpus" / f"{name}.txt.gz", "rt", encoding="utf-8") as file:
        return [line.strip() for line in file if line.strip()]


def made_up(*texts: str) -> int:
    outline, context = build_outline([Line(n, None, text) for n, text in enumerate(texts, 1)], ()), PlanContext()
    found = [*read_deadlines(outline, context)[0], *read_award_tiers(outline, context)[0]]
    return len(found) + len(read_exemplars(outline, context))


@pytest.mark.parametrize("name", sorted(CEILINGS))
def test_lines_of_other_text_give_next_to_nothing(name: str, shared: Path) -> None:
    lines = lines_of(name, shared)
    picked = random.Random(20261120).sample(lines, min(LINES, len(lines)))
    assert sum(map(made_up, picked)) <= CEILINGS[name]


@pytest.mark.parametrize("name", sorted(CEILINGS))
def test_lines_in_a_row_give_next_to_nothing(name: str, shared: Path) -> None:
    lines, chance = lines_of(name, shared), random.Random(20261121)
    starts = [chance.randrange(max(1, len(lines) - IN_A_ROW)) for _ in range(LINES // IN_A_ROW)]
    assert sum(made_up(*lines[start : start + IN_A_ROW]) for start in starts) <= CEILINGS[name]
