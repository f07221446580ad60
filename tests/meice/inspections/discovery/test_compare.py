"""双非 by its three definitions, and what is not known."""

from ipaddress import ip_network

import pytest

from meice.inspections.discovery.compare import Campus, OffCampus, Standing, off_campus, standing_of

CAMPUS = Campus(("huayuan.edu.cn",), (ip_network("192.0.2.0/24"), ip_network("2001:db8::/32")))


@pytest.mark.parametrize(
    ("host", "address", "said"),
    [
        ("maths.huayuan.edu.cn", "192.0.2.9", OffCampus.NONE),
        ("maths.huayuan.edu.cn", "198.51.100.1", OffCampus.OUTSIDE_ADDRESS),
        ("maths-huayuan.com", "2001:db8::1", OffCampus.OTHER_DOMAIN),
        ("maths-huayuan.com", "198.51.100.1", OffCampus.BOTH),
        ("evilhuayuan.edu.cn", "198.51.100.1", OffCampus.BOTH),
        ("maths.huayuan.edu.cn", "", OffCampus.UNKNOWN),
    ],
)
def test_the_three_definitions(host, address, said):
    assert off_campus(host, address, CAMPUS) is said


def test_without_campus_networks_nothing_is_claimed():
    assert off_campus("a.com", "198.51.100.1", Campus(("huayuan.edu.cn",))) is OffCampus.UNKNOWN


def test_www_is_no_other_site():
    assert standing_of("www.maths.huayuan.edu.cn", {"maths.huayuan.edu.cn"}) is Standing.REGISTERED
    assert standing_of("old.huayuan.edu.cn", {"maths.huayuan.edu.cn"}) is Standing.UNREGISTERED
