"""Cleaning a patient's words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from houlu.conversations.errors import EmptyText, TextTooLong
from houlu.conversations.text import clean, patient_text

ANY_TEXT = st.text(alphabet=st.characters(), max_size=50)


@given(ANY_TEXT)
def test_what_is_left_can_be_stored_anywhere(text: str) -> None:
    cleaned = clean(text)
    cleaned.encode("utf-8")
    assert "\x00" not in cleaned
    assert clean(cleaned) == cleaned


@pytest.mark.parametrize("text", ["", " ", "\u3000\n", "\x00\x07", "\ud800", "\u200b\u200d", "\ufe0f"])
def test_nothing_visible_is_empty(text: str) -> None:
    with pytest.raises(EmptyText):
        patient_text(text)


@pytest.mark.parametrize("text", ["?", "😀", "👨‍👩‍👧", "1", "。"])
def test_one_visible_sign_is_enough(text: str) -> None:
    assert patient_text(text) == text


def test_the_limit_counts_after_cleaning() -> None:
    assert len(patient_text("\x00" * 500 + "好" * 1000)) == 1000
    with pytest.raises(TextTooLong):
        patient_text("好" * 1001)
