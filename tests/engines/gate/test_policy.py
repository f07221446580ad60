"""What a person may open: campus networks, exact pairs, and any network at the command line."""

from ipaddress import ip_address, ip_network

import pytest

from meice.engines.gate import Policy
from meice.engines.gate.policy import BAD_PORTS

LOOPBACK = ip_address("127.0.0.1")
INTRANET = ip_address("10.20.0.5")
PUBLIC = ip_address("1.1.1.1")


def test_an_exact_pair_opens_this_port_and_no_other():
    policy = Policy.from_settings({"MEICE_PROBE_EXACT": "127.0.0.1:8001, [::1]:8002"})
    assert policy.refusal("127.0.0.1", LOOPBACK, 8001) is None
    assert policy.refusal("::1", ip_address("::1"), 8002) is None
    assert policy.refusal("127.0.0.1", LOOPBACK, 8002)
    assert policy.refusal("127.0.0.1", ip_address("127.0.0.2"), 8001)


def test_a_named_network_opens_its_ports_but_not_those_of_other_protocols():
    policy = Policy(allow=(ip_network("127.0.0.0/8"),))
    assert policy.refusal("127.0.0.1", LOOPBACK, 39_999) is None
    assert policy.refusal("127.0.0.1", ip_address("10.0.0.1"), 80)
    assert all(policy.refusal("127.0.0.1", LOOPBACK, port) for port in BAD_PORTS)


@pytest.mark.parametrize(("port", "open_"), [(80, True), (8443, True), (22, False), (9200, False)])
def test_only_usual_ports_are_visited(port, open_):
    assert (Policy().refusal("www.example.cn", PUBLIC, port) is None) is open_


def test_a_listed_port_is_visited_too():
    policy = Policy.from_settings({"MEICE_PROBE_PORTS": "8088"})
    assert policy.refusal("www.example.cn", PUBLIC, 8088) is None
    assert policy.refusal("www.example.cn", PUBLIC, 8089)


def test_our_own_servers_stay_closed_in_an_open_campus_network():
    policy = Policy.from_settings(
        {
            "MEICE_CAMPUS_NETWORKS": "10.0.0.0/8",
            "MEICE_OWN_HOSTS": "10.20.0.9,redis.huayuan.edu.cn",
            "MEICE_DATABASE_URL": "postgres://meice:secret@10.20.0.5:5432/meice",
            "MEICE_PUBLIC_URL": "https://meice.huayuan.edu.cn",
        }
    )
    assert policy.refusal("news.huayuan.edu.cn", ip_address("10.20.0.6"), 80) is None
    assert policy.refusal("news.huayuan.edu.cn", INTRANET, 80) == "这是本系统自己的服务器"
    assert policy.refusal("x.huayuan.edu.cn", ip_address("10.20.0.9"), 443)
    assert policy.refusal("meice.huayuan.edu.cn", PUBLIC, 443)
    assert policy.refusal("redis.huayuan.edu.cn", PUBLIC, 80)


@pytest.mark.parametrize(
    "given_settings",
    [
        {"MEICE_CAMPUS_NETWORKS": "10.0.0.0/33"},
        {"MEICE_PROBE_EXACT": "127.0.0.1"},
        {"MEICE_PROBE_EXACT": "127.0.0.0/8:80"},
        {"MEICE_PROBE_EXACT": "*:80"},
        {"MEICE_PROBE_EXACT": "127.0.0.1:0"},
        {"MEICE_PROBE_PORTS": "0"},
    ],
)
def test_a_setting_that_cannot_be_read_stops_the_start(given_settings):
    with pytest.raises(ValueError, match="不是"):
        Policy.from_settings(given_settings)
