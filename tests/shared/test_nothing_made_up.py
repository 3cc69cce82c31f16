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

LINES = 600
# News tells of real terms of real offices; a few lines in a thousand cannot be told from a plan's.
CEILINGS = {"uts_vlc_2021": 1, "uts_vlc_2023": 3, "phapdien": 5, "vanban_misc": 1, "baomoi_pol": 5, "vietnews_pol": 5}


def made_up(text: str) -> int:
    outline, context = build_outline([Line(1, None, text)], ()), PlanContext()
    found = [*read_deadlines(outline, context)[0], *read_award_tiers(outline, context)[0]]
    return len(found) + len(read_exemplars(outline, context))


@pytest.mark.parametrize("name", sorted(CEILINGS))
def test_lines_of_other_text_give_next_to_nothing(name: str, shared: Path) -> None:
    path = shared / "corpus" / f"{name}.txt.gz"
    with gzip.open(path, "rt", encoding="utf-8") as file:
        lines = [line.strip() for line in file if line.strip()]
    picked = random.Random(20261120).sample(lines, min(LINES, len(lines)))
    assert sum(map(made_up, picked)) <= CEILINGS[name]
