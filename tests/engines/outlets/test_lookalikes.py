"""Names that only look or sound like the school's."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meice.engines.outlets import Likeness, contains_name, find_look_alike


@pytest.mark.parametrize(
    ("text", "name", "likeness"),
    [
        ("华\u200b园大学招生", "华园大学", Likeness.HIDDEN),
        ("华\u2060园\ufeff大学", "华园大学", Likeness.HIDDEN),
        ("ＨＹＵ校园墙", "HYU", Likeness.WIDTH),
        ("𝐇𝐘𝐔 校园墙", "HYU", Likeness.WIDTH),
        ("НУU", "HYU", Likeness.SHAPE),  # the first two are Cyrillic
        ("华園大學招办", "华园大学", Likeness.SHAPE),
        ("华园太学", "华园大学", Likeness.SHAPE),
        ("花园大学新生群", "华园大学", Likeness.SOUND),
        ("华圆大学", "华园大学", Likeness.SOUND),
        ("滑园大雪", "华园大学", Likeness.SOUND),
        ("华元校园集市", "华园", Likeness.SOUND),
        ("华国师范大学", "华园师范大学", Likeness.DISTANCE),
        ("华园大大学", "华园大学", Likeness.DISTANCE),
        ("华园学", "华园大学", Likeness.DISTANCE),
    ],
)
def test_each_way_of_imitating_is_named(text, name, likeness):
    assert find_look_alike(text, name).likeness is likeness


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("华园大学农学院", "华园大学"),  # openly, no imitation
        ("华 园 大 学", "华园大学"),
        ("hyu 校园", "HYU"),
        ("花园里的生活", "华园"),  # two characters must agree in tone
        ("北方工业大学", "华园大学"),
        ("thyu", "HYU"),
        ("", "华园大学"),
        ("园", "华园大学"),
    ],
)
def test_an_open_or_a_different_name_is_no_imitation(text, name):
    assert find_look_alike(text, name) is None


def test_a_dismissed_institution_is_not_reported_again():
    assert find_look_alike("华侨大学招生", "华园大学").likeness is Likeness.DISTANCE
    assert find_look_alike("华侨大学招生", "华园大学", unrelated=("华侨大学",)) is None


@given(
    st.text(max_size=6), st.integers(1, 3), st.sampled_from("\u200b\u200c\u200d\u2060\ufeff\u00ad")
)
def test_a_hidden_character_never_hides_the_name(rest, place, hidden):
    disguised = "华园大学"[:place] + hidden + "华园大学"[place:]
    assert (
        contains_name(rest, "华园大学") or find_look_alike(disguised + rest, "华园大学") is not None
    )


@given(st.text(max_size=40))
def test_any_text_is_answered(text):
    alike = find_look_alike(text, "华园大学")
    assert alike is None or not contains_name(text, "华园大学")
