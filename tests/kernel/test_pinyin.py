import pytest

from meice.kernel.pinyin import pinyin_key


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("宣传部", "xuanchuanbu xcb"),
        ("数信学院", "shuxinxueyuan sxxy"),
        ("重庆路校区", "chongqingluxiaoqu cqlxq"),
        ("MBA中心", "mbazhongxin mbazx"),
        ("", ""),
    ],
)
def test_a_name_is_found_by_pinyin_and_by_initials(name: str, key: str) -> None:
    assert pinyin_key(name) == key
