"""Hosts in the files of the IT office."""

import json

import pytest

from meice.engines.sandbox import shared_pool
from meice.inspections.discovery.lists import MAX_HOSTS, ListKind, host_of, read_hosts

ZONE = """$ORIGIN huayuan.edu.cn.
$TTL 3600
@   IN SOA ns1 admin 1 2 3 4 5
    IN NS ns1
    IN MX 10 mail
ns1 IN A 192.0.2.1
www IN A 192.0.2.10
maths IN CNAME www
lab 300 IN AAAA 2001:db8::5
*.wild IN A 192.0.2.9
_dmarc IN TXT "v=DMARC1"
"""


def hosts(kind, content):
    answer = shared_pool().run(read_hosts, (kind.value, content))
    assert answer.failure is None
    return answer.value


def test_a_zone_gives_what_answers_with_its_address():
    fault, found = hosts(ListKind.ZONE, ZONE.encode())
    assert fault == ""
    assert {(name, address) for name, address, _ in found} == {
        ("ns1.huayuan.edu.cn", "192.0.2.1"),
        ("www.huayuan.edu.cn", "192.0.2.10"),
        ("maths.huayuan.edu.cn", ""),
        ("lab.huayuan.edu.cn", "2001:db8::5"),
    }


@pytest.mark.parametrize(
    "content", [b"\x00\x01zone", b"$INCLUDE /etc/passwd\n", b"(((", b"www IN A"]
)
def test_a_bad_zone_is_refused_in_chinese(content):
    fault, found = hosts(ListKind.ZONE, content)
    assert found == ()
    assert any("一" <= letter <= "鿿" for letter in fault)


def test_certificates_as_json_and_as_csv():
    rows = [
        {"name_value": "a.huayuan.edu.cn\n*.b.huayuan.edu.cn", "common_name": "a.huayuan.edu.cn"}
    ]
    _, from_json = hosts(ListKind.CERTIFICATES, json.dumps(rows).encode())
    assert [name for name, *_ in from_json] == ["a.huayuan.edu.cn", "b.huayuan.edu.cn"]
    table = "id,common_name,issuer\n1,c.huayuan.edu.cn,ca.example.com\n"
    _, from_csv = hosts(ListKind.CERTIFICATES, table.encode())
    assert [name for name, *_ in from_csv] == ["c.huayuan.edu.cn"]


def test_servers_as_nginx_configuration_as_table_and_as_lines():
    nginx = (
        b"server { listen 80; server_name d.huayuan.edu.cn e.huayuan.edu.cn; root /var/www.html; }"
    )
    assert [n for n, *_ in hosts(ListKind.SERVERS, nginx)[1]] == [
        "d.huayuan.edu.cn", "e.huayuan.edu.cn",
    ]  # fmt: skip
    table = "站点名称,域名,IP\n学报,https://f.huayuan.edu.cn/index.htm,192.0.2.7\n".encode(
        "gb18030"
    )
    assert hosts(ListKind.SERVERS, table)[1] == (("f.huayuan.edu.cn", "192.0.2.7", "第 2 行"),)
    lines = "# 旧站\ng.huayuan.edu.cn 192.0.2.8\n".encode()
    assert hosts(ListKind.SERVERS, lines)[1] == (("g.huayuan.edu.cn", "192.0.2.8", "第 2 行"),)


@pytest.mark.parametrize(
    ("text", "host"),
    [
        ("WWW.Huayuan.edu.cn.", "www.huayuan.edu.cn"),
        ("http://x.huayuan.edu.cn:8080/a", "x.huayuan.edu.cn"),
        ("192.0.2.1", ""),
        ("index.html", ""),
        ("localhost", ""),
        ("-a.edu.cn", ""),
    ],
)
def test_only_hosts_are_hosts(text, host):
    assert host_of(text) == host


def test_a_chinese_host_is_written_in_ascii():
    assert host_of("华园大学.中国") == "华园大学.中国".encode("idna").decode()


def test_too_many_hosts_are_refused_whole():
    content = "\n".join(f"h{n}.huayuan.edu.cn" for n in range(MAX_HOSTS + 1)).encode()
    fault, found = hosts(ListKind.SERVERS, content)
    assert found == ()
    assert "分几个文件" in fault
