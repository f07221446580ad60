"""Footer marks: the real strings of domain.md 5.5."""

import pytest

from meice.engines.marks import Fault, find_icp_numbers, find_police_records


@pytest.mark.parametrize(
    ("text", "value", "faults"),
    [
        ("京ICP备2024077296号-1", "京ICP备2024077296号-1", ()),
        ("京ICP备12034000号-2", "京ICP备12034000号-2", ()),
        ("京ICP证040867号-3", "京ICP证040867号-3", ()),
        ("京ICP证040867号", "京ICP证040867号", ()),
        ("粤ICP备04000001号", "粤ICP备04000001号", ()),
        ("粤ICP备2026073665号-1", "粤ICP备2026073665号-1", ()),
        ("宁ICP备2022001189号-1", "宁ICP备2022001189号-1", ()),
        ("浙ICP备12034000号", "浙ICP备12034000号", (Fault.WITHOUT_SITE_NUMBER,)),
        ("粤ICP备04000001", "粤ICP备04000001号", (Fault.WITHOUT_HAO,)),
        ("粤icp备 04000001 号", "粤ICP备04000001号", ()),
        ("粤ICP备０４００００01号－２A", "粤ICP备04000001号-2A", ()),
        ("粤ICP备04000001号-3x", "粤ICP备04000001号-3X", ()),
        ("沪交ICP备20210001号-1", "沪交ICP备20210001号-1", ()),
        ("粤ICP备0400001号", "粤ICP备0400001号", (Fault.UNUSUAL_LENGTH,)),
    ],
)
def test_icp_numbers_are_read_in_their_regular_form(text, value, faults):
    (mark,) = find_icp_numbers(f"版权所有 华园大学 {text} 联系我们")
    assert (mark.text, mark.value, mark.faults) == (text, value, faults)


@pytest.mark.parametrize(
    "text", ["ICP备案", "粤ICP备123号", "粤ICP备1234567890123号", "某ICP备04000001号"]
)
def test_what_is_no_icp_number_is_not_found(text):
    assert find_icp_numbers(text) == []


@pytest.mark.parametrize(
    ("text", "value", "faults"),
    [
        ("京公网安备11010802044671号", "京公网安备11010802044671号", ()),
        ("粤公网安备44030002017573号", "粤公网安备44030002017573号", ()),
        ("浙公网安备 33010202000302号", "浙公网安备33010202000302号", ()),
        ("豫公网安备 41019702002703号", "豫公网安备41019702002703号", ()),
        ("鲁公网安备37028102001616号", "鲁公网安备37028102001616号", ()),
        ("京公网安备110105008661号", "京公网安备110105008661号", (Fault.OLD_LENGTH,)),
        ("粤公网安备11010802044671号", "粤公网安备11010802044671号", (Fault.PROVINCE_MISMATCH,)),
        ("粤公网安备4403000201757号", "粤公网安备4403000201757号", (Fault.UNUSUAL_LENGTH,)),
        ("粤公网安备44030002017573", "粤公网安备44030002017573号", ()),
    ],
)
def test_police_records_are_read_in_their_regular_form(text, value, faults):
    (mark,) = find_police_records(f"页脚 {text} 。")
    assert (mark.text, mark.value, mark.faults) == (text, value, faults)


@pytest.mark.parametrize(
    "url",
    [
        "http://www.beian.gov.cn/portal/registerSystemInfo?recordcode=44030002017573",
        "https://beian.mps.gov.cn/#/query/webSearch?code=44030002017573",
    ],
)
def test_a_police_record_is_read_from_its_link(url):
    assert [mark.value for mark in find_police_records(url)] == ["44030002017573"]


def test_a_longer_run_of_digits_is_no_police_record():
    assert find_police_records("粤公网安备440300020175731号") == []
