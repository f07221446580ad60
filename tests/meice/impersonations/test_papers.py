"""What leaves the room: the packs of each channel, the docket as a zip; what is altered is named."""

import hashlib
import zipfile
from io import BytesIO

import pytest
from django.urls import reverse
from docx import Document
from tests.answers import body
from tests.meice.impersonations import scene
from tests.meice.impersonations.scene import MONDAY

from meice.config import verification
from meice.evidence.models import Evidence, EvidenceKind
from meice.impersonations import actions
from meice.impersonations.channels import CHANNEL_BY_KEY, channels_for
from meice.impersonations.documents import pack_of

pytestmark = pytest.mark.django_db
PAPERS = ("license", "proxy", "stamped", "notice", "rights")
LICENSE, PROXY, STAMPED = "主体资格证明", "授权委托书", "盖章的关停申请"
BARE = {
    "wechat": ("账号ID或UID", "诉求", "联系人和联系电话", LICENSE, "盖章的侵权投诉通知书", "权属证明"),
    "weibo": ("主页链接", "联系人和联系电话", LICENSE, STAMPED),
    "douyin": ("账号ID或UID", "主页链接", "诉求", "联系人和联系电话", LICENSE, PROXY, STAMPED, "权属证明"),
    "platform": ("主页链接", "诉求", "联系人和联系电话", LICENSE, STAMPED),
    "12377": ("主页链接", "诉求", "联系人和联系电话", LICENSE, STAMPED, PROXY),
    "cac": ("主页链接", "危害", "诉求", "联系人和联系电话", STAMPED),
    "police": ("主页链接", "危害", "联系人和联系电话", "截图、照片或录屏（至少 2 份）", STAMPED, LICENSE),
    "education": ("主页链接", "诉求", "联系人和联系电话", STAMPED),
}  # fmt: skip
"""What each channel asks for and a docket with a name, the facts and one picture lacks."""


def full(school):
    """A confirmed fake with all that any channel asks for."""
    text = scene.said(url="https://fake.example/u/1", harm="学生受骗", owner="某人", place="广东")
    docket = scene.confirmed(school, text)
    for kind in PAPERS:
        scan = scene.a_file(school, scene.PDF + kind.encode(), f"{kind}.pdf", by=school.liang)
        given = {"kind": EvidenceKind.DOCUMENT, "paper": kind}
        actions.upload_evidence(docket, [scan], by=school.liang, at=MONDAY, **given)
    photo = scene.a_file(school, scene.PNG + b"2", "照片.png", by=school.liang)
    actions.upload_evidence(
        docket, [photo], kind=EvidenceKind.PHOTO, by=school.liang, at=MONDAY, note="群里的公告"
    )
    return scene.fresh(docket)


def opened(content):
    """Folder, names and contents of a zip whose every file agrees with its list of hashes."""
    with zipfile.ZipFile(BytesIO(content)) as archive:
        assert archive.testzip() is None
        files = {name.partition("/")[2]: archive.read(name) for name in archive.namelist()}
    lines = files.pop("SHA256SUMS").decode().splitlines()
    sums = {name: digest for digest, name in (line.split("  ", 1) for line in lines)}
    assert sums == {name: hashlib.sha256(content).hexdigest() for name, content in files.items()}
    return files


def test_each_channel_says_what_a_bare_docket_lacks(school):
    bare = scene.said(account_id="", demands=[], contact_name="", contact_phone="")
    docket = scene.confirmed(school, bare)
    lacking = {key: pack_of(docket, one).missing for key, one in CHANNEL_BY_KEY.items()}
    assert lacking == BARE


def test_a_full_docket_is_complete_for_every_channel(school):
    docket = full(school)
    packs = [pack_of(docket, one) for one in CHANNEL_BY_KEY.values()]
    assert {pack.channel.key: pack.missing for pack in packs if not pack.is_complete} == {}
    wechat = pack_of(docket, CHANNEL_BY_KEY["wechat"])
    assert {need.label: need.value for need in wechat.attachments} == {
        "截图、照片或录屏（至少 1 份）": "2 份",
        "主体资格证明": "2 号证据",
        "盖章的侵权投诉通知书": "5 号证据",
        "权属证明": "6 号证据",
    }


@pytest.mark.parametrize(
    ("platform", "first"),
    [
        ("wechat-group", "wechat"),
        ("weibo", "weibo"),
        ("douyin", "douyin"),
        ("bilibili", "platform"),
    ],
)
def test_the_platforms_own_page_comes_first_and_the_authorities_are_always_there(platform, first):
    keys = [one.key for one in channels_for(platform)]
    assert keys[0] == first
    assert keys[-4:] == ["12377", "cac", "police", "education"]
    assert len(keys) == 5


def test_a_pack_holds_what_its_channel_asks_for_and_nothing_more(school, signed_in):
    docket = full(school)
    browser = signed_in(school.liang)
    content = body(browser.post(reverse("impersonation-pack", args=[docket.pk, "weibo"])))
    files = opened(content)
    words = files["填报内容.txt"].decode()
    assert "【主页链接】\nhttps://fake.example/u/1\n" in words
    assert "【联系人和联系电话】\n何嘉敏 020-8000001\n" in words
    assert "【附件：主体资格证明】2 号证据" in words
    assert sorted(name for name in files if name.startswith("证据/")) == [
        "证据/01-截图-截图.png",
        "证据/02-文书-license.pdf",
        "证据/04-文书-stamped.pdf",
        "证据/07-照片-照片.png",
    ]
    assert Document(BytesIO(files["关停申请.docx"])).tables


def test_every_hash_of_the_docket_agrees_with_the_register_and_with_the_file(school, signed_in):
    docket = full(school)
    content = body(signed_in(school.liang).post(reverse("impersonation-docket", args=[docket.pk])))
    files = opened(content)
    rows = list(Evidence.objects.of(docket.case))
    assert len(rows) == 7
    listed = files["证据清单.txt"].decode()
    for row in rows:
        (kept,) = [
            text for name, text in files.items() if name.startswith(f"证据/{row.number:02d}-")
        ]
        assert hashlib.sha256(kept).hexdigest() == row.sha256
        assert row.sha256 in listed
        assert row.own_hash in listed


def test_one_altered_byte_of_a_docket_is_named_by_verify(school, capsys):
    docket = full(school)
    assert verification.run(as_json=False) == 0
    row = Evidence.objects.of(docket.case)[1]
    path = row.stored.path
    path.chmod(0o600)
    path.write_bytes(path.read_bytes().replace(b"license", b"licensf"))
    assert verification.run(as_json=False) == 1
    assert f"假冒账号 {docket.pk} 第 2 号证据" in capsys.readouterr().out
