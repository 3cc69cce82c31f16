"""Text layers whose fonts lie about their letters."""

from __future__ import annotations

from kehoach.ingest.text.encodings import decode, mend_horn


def test_known_words_keep_their_tilde_where_horns_are_wrong() -> None:
    assert mend_horn("THƢƠNG, nhƣ HÕA") == "THƯƠNG, như HÒA"
    assert mend_horn("ƢU TIÊN, VÕ, RÕ") == "ƯU TIÊN, VÕ, RÕ"


def test_the_macintosh_table_shows_two_letters_as_one() -> None:
    assert decode("XÃ", "mac_roman") == "XÃ"
    assert decode("TÃNH", "mac_roman") == "TÌNH"
