"""Sums and numbers of commendations in the ways they are written; rewards of money alone."""

from __future__ import annotations

import pytest
from kehoach.ingest.parse.awards import read_award_tiers
from kehoach.ingest.parse.model import PlanContext
from kehoach.ingest.parse.outline import build_outline
from kehoach.ingest.values import Line
from kehoach.schemas import AwardTier

FORM = "Giấy khen của Chủ tịch UBND xã"


def tiers(text: str) -> tuple[AwardTier, ...]:
    lines = [Line(number, None, row) for number, row in enumerate(text.split("\n"), 1)]
    return read_award_tiers(build_outline(lines, ()), PlanContext())[0]


def facts(text: str) -> list[tuple[str, int | None, int | float | None]]:
    return [(" ".join(t.recipients).lower(), t.quantity, t.amount_vnd) for t in tiers(text)]


def ranks(text: str) -> list[tuple[str, int | None, int | float | None]]:
    return [(t.name, t.rank, t.amount_vnd) for t in tiers(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            f"- {FORM}: mức thưởng tập thể 900.000 đồng, cá nhân 450.000 đồng.",
            [("tập thể", None, 900000), ("cá nhân", None, 450000)],
        ),
        (
            f"{FORM} cho 04 tập thể, 09 cá nhân; mức thưởng: tập thể 900.000 đồng, cá nhân 450.000 đồng.",
            [("tập thể", 4, 900000), ("cá nhân", 9, 450000)],
        ),
        (
            "UBND xã tặng Giấy khen cho 04 tập thể (mỗi tập thể 900.000 đồng) và 09 người (mỗi người 450.000 đồng).",
            [("tập thể", 4, 900000), ("người", 9, 450000)],
        ),
        (
            "UBND xã tặng Giấy khen cho 03 đơn vị có điểm cao nhất; mức thưởng 2.500.000 đồng/đơn vị.",
            [("đơn vị", 3, 2500000)],
        ),
        ("UBND xã tặng Giấy khen kèm tiền thưởng 450.000 đồng/người cho 12 cá nhân.", [("cá nhân", 12, 450000)]),
        ("- Cá nhân: Giấy khen và 250.000 đồng.", [("cá nhân", None, 250000)]),
        ("Mỗi quý bình xét 01 xóm dẫn đầu tặng Cờ thi đua và 3 triệu đồng.", [("xóm", 1, 3000000)]),
        (
            "Đợt hè: 04 xóm dẫn đầu được Chủ tịch UBND xã tặng Giấy khen và thưởng trị giá 5 triệu đồng/xóm.",
            [("xóm", 4, 5000000)],
        ),
    ],
)
def test_each_recipient_has_its_number_and_sum(
    text: str, expected: list[tuple[str, int | None, int | float | None]]
) -> None:
    assert facts(text) == expected


def test_a_quota_below_a_form_gives_a_tier_for_each_number() -> None:
    text = f"1. {FORM}\nXét chọn không quá 04 tập thể, 09 cá nhân có việc làm thiết thực."
    assert facts(text) == [("tập thể", 4, None), ("cá nhân", 9, None)]
    assert {t.name for t in tiers(text)} == {FORM}
    assert {c.text for t in tiers(text) for c in t.criteria} == {"có việc làm thiết thực"}


def test_sums_in_order_go_to_those_named_in_order() -> None:
    text = f"Tặng {FORM} cho 04 chi hội và 09 hội viên, mức thưởng lần lượt là 700.000 đồng và 300.000 đồng."
    assert facts(text) == [("chi hội", 4, 700000), ("hội viên", 9, 300000)]


def test_several_sums_that_nothing_tells_apart_are_left_out() -> None:
    text = f"Tặng {FORM} cho 04 chi hội và 09 hội viên, kèm tiền thưởng 300.000 đồng hoặc 700.000 đồng."
    assert facts(text) == [("chi hội", 4, None), ("hội viên", 9, None)]


def test_ranks_alone_keep_their_number() -> None:
    found = tiers("Cơ cấu giải: Nhất (01 giải): 900.000đ; Nhì (02 giải): 500.000đ/giải.")
    assert [(t.rank, t.quantity, t.amount_vnd) for t in found] == [(1, 1, 900000), (2, 2, 500000)]


def test_the_winner_before_a_prize_receives_it() -> None:
    (found,) = tiers("- Xóm đạt giải Nhất được nhận Giấy khen và 900.000 đồng.")
    assert (found.recipients, found.amount_vnd) == (("Xóm",), 900000)


def test_an_exception_in_parentheses_is_no_quota() -> None:
    text = "Các xóm được đề nghị tặng Giấy khen cho 02 tập thể (riêng xóm trên 200 hộ được 03 tập thể), 05 cá nhân."
    assert facts(text) == [("tập thể", 2, None), ("cá nhân", 5, None)]


def test_a_sentence_below_a_form_names_whom_it_is_for() -> None:
    (found,) = tiers(f"2. {FORM}\nTặng {FORM} cho hộ gia đình hiến từ 80 m² đất trở lên.")
    assert [(c.recipient, c.text) for c in found.criteria] == [("Hộ gia đình", "hiến từ 80 m² đất trở lên")]


def test_a_multiple_of_the_base_pay_is_no_number_of_dong() -> None:
    found = tiers(f"- {FORM}: tập thể 0,6 lần mức lương cơ sở, cá nhân 0,3 lần mức lương cơ sở.")
    assert [t.amount_vnd for t in found] == [None, None]
    assert [c.text for t in found for c in t.criteria] == ["0,6 lần mức lương cơ sở", "0,3 lần mức lương cơ sở"]


def test_ranks_without_the_word_prize_follow_those_with_it() -> None:
    text = "V. GIẢI THƯỞNG\n- Giải Nhất: 400.000đ; giải Nhì: 300.000đ; Khuyến khích: 50.000đ."
    assert ranks(text) == [("Giải Nhất", 1, 400000), ("Giải Nhì", 2, 300000), ("Giải khuyến khích", 4, 50000)]


@pytest.mark.parametrize("printed", ["0l", "0Í", "Q1", "o1"])
def test_a_misread_number_of_prizes_counts_with_less_confidence(printed: str) -> None:
    text = f"Cơ cấu giải thưởng:\n- {printed} giải nhất: 2.000.000 đồng.\n- 02 giải nhì: 1.000.000 đồng."
    first, second = tiers(text)
    assert (first.quantity, second.quantity) == (1, 2)
    assert first.confidence < second.confidence


def test_a_prize_may_have_any_name() -> None:
    assert ranks("- Giải phong cách (01 giải): 200.000đ") == [("Giải phong cách", None, 200000)]


def test_what_is_called_like_a_prize_is_none() -> None:
    assert tiers("- Giải ngân: 500.000.000 đồng.\n- Giải pháp: 03 giải pháp trọng tâm.") == ()


def test_winners_are_known_without_their_rank() -> None:
    found = tiers("1. Cá nhân đạt giải Nhất: 400.000đ; giải Nhì 300.000đ.")
    assert [t.recipients for t in found] == [("Cá nhân",), ("Cá nhân",)]


def test_the_sentence_before_prizes_tells_who_gives_them_for_what() -> None:
    text = "IV. GIẢI THƯỞNG\nUBND xã khen thưởng cho các xóm có cách làm hay, gồm:\n- 01 giải nhất: 2.000.000 đồng"
    (found,) = tiers(text)
    assert (found.authority, found.recipients) == ("UBND xã", ("các xóm",))
    assert [c.text for c in found.criteria] == ["có cách làm hay"]


def test_money_alone_is_a_reward() -> None:
    (found,) = tiers("Xóm nào về đích sớm nhất được UBND xã thưởng 6 triệu đồng.")
    assert (found.form, found.name, found.amount_vnd, found.authority) == ("other", "Thưởng", 6000000, "UBND xã")
    assert [(c.recipient, c.text) for c in found.criteria] == [("Xóm", "về đích sớm nhất")]


def test_a_reward_may_be_told_from_the_side_of_the_giver() -> None:
    (found,) = tiers("Tặng thưởng 4.000.000 đồng cho học sinh thi đỗ trường chuyên.")
    assert (found.amount_vnd, found.recipients) == (4000000, ("học sinh",))
    assert [c.text for c in found.criteria] == ["thi đỗ trường chuyên"]


@pytest.mark.parametrize(
    "text",
    [
        "Năm qua, xóm Trại đã được UBND xã thưởng 6 triệu đồng.",
        "Quỹ thi đua, khen thưởng được trích 20 triệu đồng.",
        "Mức thưởng: tập thể 900.000 đồng, cá nhân 450.000 đồng.",
    ],
)
def test_past_rewards_funds_and_sums_without_a_form_are_none(text: str) -> None:
    assert tiers(text) == ()
