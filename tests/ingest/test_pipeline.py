"""From the bytes of a file to its record: the record and the text agree, failures are told."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path

import pytest
from kehoach.ingest.errors import DamagedInputError, DictionaryError, KehoachError, MissingInputError
from kehoach.ingest.options import Options
from kehoach.ingest.pipeline import convert, convert_bytes
from reportlab.pdfgen.canvas import Canvas

TEXT = """ỦY BAN NHÂN DÂN XÃ ĐỒNG VỌNG
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Số: 12/KH-UBND
Đồng Vọng, ngày 05 tháng 3 năm 2031

KẾ HOẠCH
Phát động phong trào thi đua năm 2031

I. MỤC TIÊU
1. Chỉ tiêu chủ yếu
- Trồng 1.250 cây xanh dọc các tuyến đường.
- Tỷ lệ hộ đạt danh hiệu gia đình văn hóa từ 95% trở lên.

II. TỔ CHỨC THỰC HIỆN
Giao các thôn thực hiện kế hoạch này.
"""


def test_the_record_names_its_source() -> None:
    conversion = convert_bytes(TEXT.encode(), "xa/plan.txt")
    source = conversion.plan.source
    assert (source.file, source.media_type, source.page_count) == ("xa/plan.txt", "text/plain", 1)
    assert source.sha256 == hashlib.sha256(TEXT.encode()).hexdigest()
    assert [(page.page, page.method, page.restored) for page in source.pages] == [(1, "plain_text", False)]
    assert conversion.plan.header.number == "12/KH-UBND"


def test_good_text_comes_out_line_for_line() -> None:
    assert convert_bytes(TEXT.encode(), "plan.txt").text == TEXT


def test_line_numbers_point_into_the_text() -> None:
    conversion = convert_bytes(TEXT.encode(), "plan.txt")
    lines = conversion.text.split("\n")
    assert len(conversion.plan.targets) == 2
    for target in conversion.plan.targets:
        where = target.provenance
        passage = " ".join(lines[where.line_start - 1 : where.line_end])
        assert where.text in passage
        assert target.value_text in passage
    assert [target.value for target in conversion.plan.targets] == [1250, 95]


def test_the_same_bytes_give_the_same_record() -> None:
    first, second = (convert_bytes(TEXT.encode(), "plan.txt") for _ in range(2))
    assert first.plan.model_dump_json() == second.plan.model_dump_json()
    assert first.text == second.text


def test_text_that_lost_its_marks_is_restored_and_said_to_be() -> None:
    bare = "Uy ban nhan dan xa phat dong phong trao thi dua nam 2031\nCac thon trong cay xanh doc duong\n"
    conversion = convert_bytes(bare.encode(), "plan.txt")
    assert conversion.plan.source.pages[0].restored
    assert conversion.text.splitlines()[0].startswith("Ủy ban nhân dân xã phát động phong trào thi đua")
    assert len(conversion.text.splitlines()) == 2


def test_pages_keep_their_numbers_up_to_the_record(make_pdf: Callable[..., bytes]) -> None:
    first, second = TEXT.split("I. MỤC TIÊU")

    def page(text: str) -> Callable[[Canvas], None]:
        def draw(canvas: Canvas) -> None:
            for at, line in enumerate(text.splitlines()):
                canvas.drawString(80, 780 - 18 * at, line)

        return draw

    plan = convert_bytes(make_pdf(page(first), page("I. MỤC TIÊU" + second)), "plan.pdf").plan
    assert (plan.source.page_count, [page.method for page in plan.source.pages]) == (2, ["text_layer"] * 2)
    assert [target.provenance.page for target in plan.targets] == [2, 2]
    assert plan.header.document_type == "ke_hoach"


def test_a_file_is_converted_by_its_path(tmp_path: Path) -> None:
    path = tmp_path / "kế hoạch.txt"
    path.write_text(TEXT, encoding="utf-8")
    assert convert(path) == convert(str(path))
    assert convert(path).source.file == "kế hoạch.txt"


@pytest.mark.parametrize(("data", "error"), [(b"", MissingInputError), (b"%PDF-1.4 nothing", DamagedInputError)])
def test_what_cannot_be_read_says_why(data: bytes, error: type[KehoachError]) -> None:
    with pytest.raises(error, match=r"^plan\.pdf: "):
        convert_bytes(data, "plan.pdf")


def test_a_missing_file_says_so(tmp_path: Path) -> None:
    with pytest.raises(MissingInputError, match="no such file"):
        convert(tmp_path / "plan.pdf")


def test_a_broken_dictionary_stops_the_conversion(user_dictionaries: Path) -> None:
    (user_dictionaries / "units.toml").write_text("[[entry]\n", encoding="utf-8")
    with pytest.raises(DictionaryError, match=r"units\.toml"):
        convert_bytes(TEXT.encode(), "plan.txt", Options(dictionaries=user_dictionaries))


def test_the_user_dictionaries_of_one_conversion_do_not_stay_for_the_next(user_dictionaries: Path) -> None:
    (user_dictionaries / "units.toml").write_text("[[entry]\n", encoding="utf-8")
    with pytest.raises(DictionaryError):
        convert_bytes(TEXT.encode(), "plan.txt", Options(dictionaries=user_dictionaries))
    assert len(convert_bytes(TEXT.encode(), "plan.txt").plan.targets) == 2
