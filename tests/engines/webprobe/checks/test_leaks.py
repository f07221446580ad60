"""personal-data, secret-mark, listing-exposed, backup-exposed."""

import pytest
from tests.engines.webprobe.checks.sites import (
    NOW,
    RULES,
    URL,
    answer,
    codes,
    document,
    only,
    reading,
    site,
)

from meice.engines.gate import Failure
from meice.engines.marks import check_character
from meice.engines.webprobe.checks import (
    backup_exposed,
    listing_exposed,
    personal_data,
    secret_mark,
)
from meice.engines.webprobe.findings import Code, Severity

FIRST_17 = "44010619990307001"
IDENTITY = FIRST_17 + check_character(FIRST_17)
WRONG = FIRST_17 + ("1" if IDENTITY[-1] != "1" else "2")
MOBILES = [f"1380000000{n}" for n in range(1, 7)]


def in_page(text):
    return list(personal_data.check(reading(f"<p>{text}</p>"), RULES, NOW))


@pytest.mark.parametrize(
    ("text", "severities"),
    [
        (f"身份证号：{IDENTITY}", [Severity.MAJOR]),
        (f"编号：{WRONG}", []),
        (f"联系人手机：{MOBILES[0]}", [Severity.MINOR]),
        ("；".join(MOBILES), [Severity.MAJOR]),
        (f"{MOBILES[0]}、{MOBILES[0]}、{MOBILES[0]}、{MOBILES[0]}、{MOBILES[0]}", [Severity.MINOR]),
        ("银行卡号 6222021234567890128", [Severity.MAJOR]),
        ("银行卡号 6222021234567890123", []),
        ("电话：020-85550000，邮编 510642", []),
        ("粤公网安备44030002017573号 粤ICP备2026073665号", []),
        ("项目编号 20261120000000000123", []),
        (f"2026-11-20 2026-11-19\n3-{MOBILES[0]}", [Severity.MINOR]),
        (f"2026-11-20、0{WRONG}X、{MOBILES[0]}", [Severity.MINOR]),
    ],
)
def test_numbers_count_by_checksum_kind_and_number(text, severities):
    assert [finding.severity for finding in in_page(text)] == severities


def test_evidence_is_masked_as_the_standard_says():
    found = in_page(f"{IDENTITY}，{MOBILES[0]}")
    told = " ".join(f"{each.evidence} {each.message}" for each in found)
    assert f"{IDENTITY[:6]}********{IDENTITY[-4:]}" in told
    assert "138****0001" in told
    assert IDENTITY not in told
    assert MOBILES[0] not in told


def test_a_number_in_an_attachment_names_the_file_and_the_page():
    found = only(personal_data.check_document(document(f"李某 {IDENTITY}"), RULES, NOW))
    assert found.url.endswith("/files/名单.xls")
    assert "附件“名单.xls”" in found.evidence
    assert "/info/1.htm" in found.evidence


@pytest.mark.parametrize(
    ("text", "is_mark"),
    [
        ("机密★10年", True),
        ("秘密★", True),
        ("绝密 ★ 长期", True),
        ("保守国家秘密，人人有责", False),
        ("商业机密与秘密通道", False),
        ("★★★ 推荐", False),
    ],
)
def test_only_a_level_with_its_star_is_a_secret_mark(text, is_mark):
    expected = [Code.SECRET_MARK] if is_mark else []
    assert codes(secret_mark.check(reading(f"<p>{text}</p>"), RULES, NOW)) == expected
    assert codes(secret_mark.check_document(document(text), RULES, NOW)) == expected


def test_a_secret_mark_shows_the_mark_and_nothing_around_it():
    found = only(secret_mark.check(reading("<p>机密★10年 关于某项工作的通知</p>"), RULES, NOW))
    assert "机密★10年" in found.evidence
    assert "某项工作" not in found.evidence
    assert found.severity is Severity.VETO


FILES = '<a href="a.zip">a.zip</a> <a href="b.xls">b.xls</a>'


@pytest.mark.parametrize(
    ("title", "body", "is_listing"),
    [
        ("Index of /uploads", f'<pre><a href="../">../</a> {FILES}</pre>', True),
        ("Index of /uploads", f'<a href="/">Parent Directory</a> {FILES}', True),
        ("Directory listing for /files/", FILES, True),
        ("Directory Listing For /uploads/", f"<h1>Up To /</h1>{FILES}", True),
        ("期刊", "<h1>Index of Journals 期刊目录</h1><p>图书馆购买的期刊。</p>", False),
        ("10.1.2.3 - /upload/", f'<a href="/">[To Parent Directory]</a> {FILES}', True),
        ("主机 - /upload/", f'<a href="/">[转到父目录]</a> {FILES}', True),
        ("Index of /proc：读懂内核的文件系统", "<p>一篇技术文章。</p>", False),
        ("资料下载", FILES, False),
    ],
)
def test_a_listing_is_known_by_the_form_servers_give_it(title, body, is_listing):
    found = listing_exposed.check(reading(body, title=title, url=f"{URL}uploads/"), RULES, NOW)
    assert codes(found) == ([Code.LISTING_EXPOSED] if is_listing else [])


PACKED = (("content-type", "application/zip"),)
HTML = b"<html><h1>home</h1></html>"


@pytest.mark.parametrize(
    ("path", "facts", "is_exposed"),
    [
        ("/www.zip", {"body": b"PK\x03\x04rest"}, True),
        ("/www.zip", {"body": b"PK\x03\x04", "status": 206}, True),
        ("/www.zip", {"body": HTML}, False),
        ("/www.zip", {"body": b"PK\x03\x04", "status": 404}, False),
        ("/www.zip", {"body": b"PK\x03\x04", "final_url": URL}, False),
        ("/www.zip", {"failure": Failure.TOO_LARGE, "headers": PACKED}, True),
        ("/www.zip", {"failure": Failure.TOO_LARGE, "headers": ()}, False),
        ("/www.zip", {"failure": Failure.TIMEOUT, "status": None}, False),
        ("/wwwroot.rar", {"body": b"Rar!\x1a\x07\x00"}, True),
        ("/.git/HEAD", {"body": b"ref: refs/heads/main\n"}, True),
        ("/.git/HEAD", {"body": HTML}, False),
        ("/.env", {"body": b"# local\nDB_PASSWORD=x\n"}, True),
        ("/.env", {"body": HTML}, False),
        ("/backup.sql", {"body": b"-- MySQL dump 10.13"}, True),
        ("/web.config.bak", {"body": b"<?xml version='1.0'?><configuration>"}, True),
        ("/web.config.bak", {"body": HTML}, False),
    ],
    ids=str,
)
def test_a_backup_is_exposed_when_the_file_itself_was_served(path, facts, is_exposed):
    url = URL.rstrip("/") + path
    found = backup_exposed.check(site(backups=(answer(url, **facts),)), RULES, NOW)
    assert codes(found) == ([Code.BACKUP_EXPOSED] if is_exposed else [])


def test_nothing_of_a_backup_is_shown():
    url = f"{URL}.env"
    shown = site(backups=(answer(url, body=b"DB_PASSWORD=hunter2\n"),))
    assert "hunter2" not in only(backup_exposed.check(shown, RULES, NOW)).evidence
