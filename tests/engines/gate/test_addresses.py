"""Which addresses are special: the 38 of the checklist, the edges, and every embedding."""

from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meice.engines.gate import Policy
from meice.engines.gate.addresses import special_ranges

MUST_BE_REFUSED = """
0.0.0.0 10.0.0.1 100.64.0.1 100.100.100.200 127.0.0.1 127.1.2.3 169.254.1.1 169.254.169.254
172.16.0.1 172.31.255.255 192.0.0.1 192.0.0.192 192.0.2.1 192.88.99.1 192.168.1.1 198.18.0.1
198.51.100.1 203.0.113.1 224.0.0.1 239.255.255.250 240.0.0.1 255.255.255.255
:: ::1 ::7f00:1 ::ffff:127.0.0.1 ::ffff:100.64.0.1 ::ffff:169.254.169.254 64:ff9b::7f00:1
64:ff9b::a9fe:a9fe 64:ff9b:1::1 100::1 2001::1 2001:db8::1 2002:7f00:1:: 2002:a9fe:a9fe:: fc00::1
fd00:ec2::254 fe80::1 fec0::1 ff02::1 3fff::1 5f00::1 168.63.129.16 2001:db8::5efe:7f00:1
"""
PUBLIC = """
1.1.1.1 9.255.255.255 11.0.0.0 100.63.255.255 100.128.0.0 126.255.255.255 128.0.0.0
169.253.255.255 169.255.0.0 172.15.255.255 172.32.0.0 191.255.255.255 192.0.1.0 192.0.3.0
192.88.98.255 192.88.100.0 192.167.255.255 192.169.0.0 198.17.255.255 198.20.0.0 198.51.99.255
198.51.101.0 203.0.112.255 203.0.114.0 223.255.255.255 2001:200:: 2001:da8::1 2001:db7:ffff::1
2001:db9:: 2001:ffff:: 2003:: 240e::1 2400:3200::1 2606:4700:4700::1111 3ffe:: 3fff:1000::
"""
CAMPUS = [ip_network(text) for text in ("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16")]
CAMPUS += [ip_network("100.64.0.0/10"), ip_network("fc00::/7")]
METADATA = {"100.100.100.200", "100.96.0.96", "fd00:ec2::254", "fd20:ce::254"}
EVERYWHERE = (ip_network("0.0.0.0/0"), ip_network("::/0"))

ipv4 = st.integers(0, 2**32 - 1).map(IPv4Address)
ipv6 = st.integers(0, 2**128 - 1).map(IPv6Address) | st.integers(0, 2**125 - 1).map(
    lambda number: IPv6Address((1 << 125) | number)
)


@pytest.mark.parametrize("text", MUST_BE_REFUSED.split())
def test_special_address_is_refused(text):
    assert special_ranges(ip_address(text))
    assert Policy().refusal("www.example.cn", ip_address(text), 80)


@pytest.mark.parametrize("text", PUBLIC.split())
def test_address_just_outside_a_special_range_is_public(text):
    assert special_ranges(ip_address(text)) == ()
    assert Policy().refusal("www.example.cn", ip_address(text), 443) is None


@given(ipv4 | ipv6)
def test_what_python_calls_not_global_is_special_here_too(address):
    odd = (
        not address.is_global or address.is_multicast or address.is_reserved or address.is_loopback
    )
    assert not odd or special_ranges(address)


@given(ipv4)
def test_an_ipv4_address_inside_an_ipv6_address_is_refused_in_every_form(inner):
    number = int(inner)
    forms = {
        "compatible": number,
        "mapped": 0xFFFF << 32 | number,
        "translated": 0xFFFF << 48 | number,
        "nat64": 0x64FF9B << 96 | number,
        "nat64 local": 0x64FF9B0001 << 80 | number,
        "6to4": 0x2002 << 112 | number << 80 | 1,
        "teredo server": 0x20010000 << 96 | number << 64,
        "teredo client": 0x20010000 << 96 | (number ^ 0xFFFFFFFF),
        "isatap": 0x240E << 112 | 0x5EFE << 32 | number,
        "isatap global": 0x240E << 112 | 0x02005EFE << 32 | number,
    }
    missed = [name for name, form in forms.items() if not special_ranges(IPv6Address(form))]
    assert missed == []


@given(ipv6)
def test_ipv6_outside_the_allocated_unicast_block_is_refused(address):
    assert int(address) >> 125 == 1 or special_ranges(address)


@given(ipv4 | ipv6)
def test_a_campus_network_as_wide_as_the_world_opens_private_ranges_and_no_more(address):
    open_to_all = special_ranges(address) == ()
    private = any(address in network for network in CAMPUS) and str(address) not in METADATA
    isatap = address.version == 6 and (int(address) >> 32) & 0xFDFFFFFF == 0x5EFE
    policy = Policy(campus_networks=EVERYWHERE)
    assert (policy.refusal("a.cn", address, 80) is None) == (
        open_to_all or (private and not isatap)
    )


@pytest.mark.parametrize("text", sorted({*MUST_BE_REFUSED.split(), *METADATA}))
def test_a_campus_network_opens_no_loopback_link_local_or_metadata(text):
    address = ip_address(text)
    refusal = Policy(campus_networks=EVERYWHERE).refusal("a.cn", address, 80)
    private = any(address in network for network in CAMPUS) and text not in METADATA
    assert (refusal is None) == private
