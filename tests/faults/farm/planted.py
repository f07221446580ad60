"""Sites with one security or content fault each, and for every fault some that only look like it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from tests.faults.farm import attachments as files
from tests.faults.farm.campus import FOOTER, Campus, download, plain
from tests.faults.farm.model import Answer, Plan, Planted, Reply, Request, World
from tests.faults.farm.rows import PLAIN, UNDECIDED, Row, plan

BETS = "澳门新葡京娱乐城_六合彩开奖_时时彩平台_真人百家乐_注册送彩金"
LURE = f'<a href="{{gambling}}/">{BETS}</a>'
ENTITIES = "".join(f"&#{ord(letter)};" for letter in BETS)
SPIDER = "baiduspider"
SEARCH = "baidu.com"

HIDING: dict[str, dict[str, str]] = {
    "display": {"home": f'<div style="display:none">{LURE}</div>'},
    "visibility": {"home": f'<p style="visibility: hidden">{LURE}</p>'},
    "opacity": {"home": f'<div style="opacity:0">{LURE}</div>'},
    "font-size": {"home": f'<span style="font-size:0px">{LURE}</span>'},
    "off-screen": {"home": f'<div style="position:absolute;left:-9999px">{LURE}</div>'},
    "indent": {"home": f'<div style="text-indent:-9999px">{LURE}</div>'},
    "clip": {"home": f'<div style="position:absolute;clip:rect(0,0,0,0)">{LURE}</div>'},
    "box": {"home": f'<div style="width:0;height:0;overflow:hidden">{LURE}</div>'},
    "marquee": {"home": f'<marquee height="1" width="1" scrollamount="9999">{LURE}</marquee>'},
    "colour": {
        "home": f'<div style="background:#fff"><font style="color:#ffffff">'
        f"{LURE.replace('<a ', '<a style=color:#fff ')}</font></div>"
    },
    "after-the-end": {"after": LURE},
    "class": {
        "head": "<style>.xk{position:absolute;top:-9999px}</style>",
        "home": f'<div class="xk">{LURE}</div>',
    },
    "attribute": {"home": f"<div hidden>{LURE}</div>"},
    "one-pixel": {"home": f'<div style="height:1px;overflow:hidden">{LURE}</div>'},
    "on-every-page": {"footer": FOOTER + f'<div style="display:none">{LURE}</div>'},
    "script": {
        "home": "<script>document.write(\"<div style='display:none'>\");</script>"
        f'{LURE}<script>document.write("</div>");</script>'
    },
}
MENU = (
    '<ul class="nav"><li><a href="/xygk.htm">概况</a><ul style="display:none">'
    '<li><a href="/xyxw/">学院新闻</a></li><li><a href="/tzgg/">通知公告</a></li></ul></li></ul>'
)
DIALOGUE = (
    '<div id="login" style="display:none"><form action="/login" method="post">'
    '<input name="u"><input type="password" name="p"></form><a href="/xygk.htm">忘记密码</a></div>'
)
FRIENDS = (
    '<div class="links">友情链接<ul style="display:none"><li><a href="{fresh}/">数学学科网</a></li>'
    '<li><a href="{charset-gbk}/">学校图书馆</a></li></ul></div>'
)
WARNING = (
    "<h3>警惕网络赌博</h3><p>保卫处提醒：赌博违法，请同学们远离网络赌博、博彩网站和跨境赌博，"
    "发现后及时向公安机关举报。图书馆“真人图书馆”活动同期举行，棋牌社举办象棋比赛。</p>"
)
PERSON = f"张某某，身份证号 {files.IDENTITY}，拟资助。"
LIST = "".join(f"<li>学生{n} {mobile}</li>" for n, mobile in enumerate(files.MOBILES))
LOOKALIKE = (
    f"<p>学号 {files.spoilt(files.IDENTITY)}，订单号 {files.spoilt(files.CARD)}，"
    "项目编号 20261120000000000123，合同编号 440106199913450011。</p>"
)
GROUPED = f"{files.IDENTITY[:6]} {files.IDENTITY[6:14]} {files.IDENTITY[14:]}"
FULL_WIDTH = files.IDENTITY.translate(str.maketrans("0123456789X", "０１２３４５６７８９Ｘ"))
LIKE_BETS = (
    "<p>体育学院开设彩票管理与公益金使用研究讲座；棋牌社招新；开元讲堂第十二期；"
    "真人图书馆预约；足球比分统计课程设计答辩。</p>"
)
TEXT_ROWS: dict[str, Row] = {
    "identity-in-page": Row({"article": f"<p>{PERSON}</p>"}, (Planted("personal-data", "/info/"),)),
    "identity-in-gbk": Row(
        {
            "article": f"<p>{PERSON}</p>",
            "codec": "gb18030",
            "declared_in_head": "",
            "declared_in_meta": "gb2312",
        },
        (Planted("personal-data", "/info/"),),
    ),
    "identity-in-groups": Row(
        {"article": f"<p>证件号 {GROUPED}</p>"}, (Planted("personal-data", "/info/"),)
    ),
    "identity-in-full-width": Row(
        {"article": f"<p>证件号 {FULL_WIDTH}</p>"}, (Planted("personal-data", "/info/"),)
    ),
    "identity-in-a-table": Row(
        {"article": f"<table><tr><td>李某</td><td>{files.OTHER_IDENTITY}</td></tr></table>"},
        (Planted("personal-data", "/info/"),),
    ),
    "numbers-already-masked": Row(
        {"article": "<p>李*，440106********001X，138****0001，6222************123</p>"}
    ),
    "card-in-page": Row(
        {"article": f"<p>银行卡号：{files.CARD}</p>"}, (Planted("personal-data", "/info/"),)
    ),
    "mobiles-in-page": Row({"article": f"<ul>{LIST}</ul>"}, (Planted("personal-data", "/info/"),)),
    "numbers-that-are-none": Row({"article": LOOKALIKE}),
    "one-office-number": Row({"article": "<p>联系人：何老师，电话 020-85550000。</p>"}),
    "secret-mark": Row({"article": f"<p>{files.SECRET}</p>"}, (Planted("secret-mark", "/info/"),)),
    "secret-mark-starred": Row({"article": "<p>秘密★</p>"}, (Planted("secret-mark", "/info/"),)),
    "secret-words": Row({"article": "<p>保守国家秘密，人人有责；商业机密另有规定。</p>"}),
    "gambling-text": Row({"home": f"<p>{BETS}</p>"}, (Planted("gambling-text"),)),
    "gambling-in-gbk": Row(
        {
            "home": f"<p>{BETS}</p>",
            "codec": "gb18030",
            "declared_in_head": "",
            "declared_in_meta": "gbk",
        },
        (Planted("gambling-text"),),
    ),
    "gambling-title": Row({"title": ENTITIES}, (Planted("gambling-text"),)),
    "gambling-in-old-characters": Row(
        {"home": "<p>澳門新葡京娛樂城 六合彩開獎 真人百家樂 註冊送彩金</p>"},
        (Planted("gambling-text"),),
    ),
    "gambling-on-an-inner-page": Row(
        {"article": f"<p>{BETS}</p>"}, (Planted("gambling-text", "/info/"),)
    ),
    "words-of-sport-and-cards": Row({"article": LIKE_BETS, "home": LIKE_BETS}),
    "gambling-warning": Row({"article": WARNING, "home": WARNING}),
    "linked-to-gambling": Row(
        {"home": '<p>合作单位：<a href="{gambling}/">某某学会</a></p>'},
        (Planted("hijacked-domain", "{gambling}"),),
    ),
    "linked-to-parked": Row(
        {"home": '<p>合作单位：<a href="{parked}/">某某研究会</a></p>'},
        (Planted("hijacked-domain", "{parked}"),),
    ),
    "linked-to-friend": Row({"home": '<p>合作单位：<a href="{fresh}/">某某学院</a></p>'}),
    "hidden-menu": Row({"home": MENU}),
    "hidden-dialogue": Row({"home": DIALOGUE}),
    "hidden-friends": Row({"home": FRIENDS}),
}
DANGLING = UNDECIDED | {"gambling-text", "hijacked-domain"}
ATTACHED: dict[str, tuple[bytes, bytes]] = {  # with a number that is one, and one that is none
    "docx": (
        files.word("公示名单", f"李某 {files.IDENTITY}"),
        files.word("公示名单", f"编号 {files.spoilt(files.IDENTITY)}"),
    ),
    "xls": (
        files.old_sheet(("姓名", "证件号"), ("李某", files.IDENTITY)),
        files.old_sheet(("姓名", "编号"), ("李某", files.spoilt(files.IDENTITY))),
    ),
    "xlsx": (
        files.new_sheet(("姓名", "银行卡"), ("李某", files.CARD)),
        files.new_sheet(("姓名", "编号"), ("李某", files.spoilt(files.CARD))),
    ),
    "pdf": (files.pdf(f"ID {files.IDENTITY}"), files.pdf(f"ID {files.spoilt(files.IDENTITY)}")),
}


def attached(name: str, data: bytes) -> dict[str, Any]:
    """Knobs of a site whose articles have one attachment."""
    link = f'<p>附件：<a href="/files/{name}">{name}</a></p>'
    return {"article": link, "files": {f"/files/{name}": download(data)}}


def attachment_rows() -> dict[str, Row]:
    """A site for each kind of file, with and without."""
    rows = {}
    for kind, (bad, good) in ATTACHED.items():
        planted = (Planted("personal-data", f"/files/list.{kind}"),)
        rows[f"numbers-in-{kind}"] = Row(attached(f"list.{kind}", bad), planted)
        rows[f"no-numbers-in-{kind}"] = Row(attached(f"list.{kind}", good))
    secret = files.word(files.SECRET, "关于某项工作的通知")
    rows["secret-in-docx"] = Row(
        attached("notice.docx", secret), (Planted("secret-mark", "/files/notice.docx"),)
    )
    return rows


LISTED = (
    "<html><head><title>Index of /uploads</title></head><body><h1>Index of /uploads</h1><pre>"
    '<a href="../">../</a>\n<a href="a.png">a.png</a> 2026-01-05 10:00 12K\n</pre></body></html>'
)
INDEX = {"/uploads/": plain(LISTED, "text/html"), "/uploads/a.png": download(b"\x89PNG\r\n\x1a\n")}
IIS = (
    "<html><head><title>127.0.0.1 - /uploads/</title></head><body><H1>127.0.0.1 - /uploads/</H1><hr>"
    '<pre><A HREF="/">[转到父目录]</A><br><br> 2026/1/5 10:00 &lt;dir&gt; <A HREF="/uploads/a.png">'
    "a.png</A><br></pre><hr></body></html>"
)
TOMCAT = (
    "<html><head><title>Directory Listing For /uploads/</title></head><body><h1>Directory Listing "
    'For /uploads/ - Up To /</h1><table><tr><td><a href="/uploads/a.png">a.png</a></td></tr></table>'
    "</body></html>"
)
ABOUT = Campus().page("期刊", "<h1>Index of Journals 期刊目录</h1><p>图书馆购买的期刊。</p>")
LISTING_LINK = '<a href="/uploads/">资料</a>'
EXPOSED: dict[str, Row] = {
    "listing-iis": Row(
        {"files": INDEX | {"/uploads/": plain(IIS, "text/html")}, "home": LISTING_LINK},
        (Planted("listing-exposed", "/uploads/"),),
    ),
    "listing-tomcat": Row(
        {"files": INDEX | {"/uploads/": plain(TOMCAT, "text/html")}, "home": LISTING_LINK},
        (Planted("listing-exposed", "/uploads/"),),
    ),
    "listing-of-journals": Row(
        {"texts": {"/journals/": ABOUT}, "home": '<a href="/journals/">Index of Journals</a>'}
    ),
    "listing-linked": Row(
        {"files": INDEX, "home": LISTING_LINK},
        (Planted("listing-exposed", "/uploads/"),),
    ),
    "listing-behind-a-picture": Row(
        {"files": INDEX, "home": '<img src="/uploads/a.png" alt="图">'},
        (Planted("listing-exposed", "/uploads/"),),
    ),
    "backup-archive": Row(
        {"files": {"/www.zip": download(files.archive(), "application/zip")}},
        (Planted("backup-exposed", "/www.zip"),),
    ),
    "backup-git": Row(
        {"files": {"/.git/HEAD": plain("ref: refs/heads/master\n")}},
        (Planted("backup-exposed", "/.git/HEAD"),),
    ),
    "backup-environment": Row(
        {"files": {"/.env": plain("APP_KEY=base64:xxxx\nDB_PASSWORD=xxxx\n")}},
        (Planted("backup-exposed", "/.env"),),
    ),
}


JUMP = (
    "<script>if(/baidu|sogou|so\\.com/.test(document.referrer))"
    '{location.href="{gambling}/"}</script>'
)


def shown_to(
    told: Callable[[Request], bool], other: Reply | None = None, path: str = "/"
) -> Callable[[World], Answer]:
    """A site whose page at `path` is another one for some visitors."""

    def build(world: World) -> Answer:
        usual = Campus().answer(world)
        bets = Campus(title=BETS, home=f"<p>{BETS}</p>" + LURE).answer(world)

        def answer(request: Request) -> Reply:
            if request.path != path or not told(request):
                return usual(request)
            return other or bets(replace(request, target="/"))

        return answer

    return build


def restless(world: World) -> Answer:
    """Each visit shows another count and another token: that is no cloaking."""
    campus = Campus()

    def answer(request: Request) -> Reply:
        said = f"<p>您是第 {88000 + request.visit * 7} 位访客</p><i data-token='{request.visit:032x}'></i>"
        return replace(campus, home=said).answer(world)(request)

    return answer


OWNED = (
    "<p>You have been owned by the crew, greetings to all friends of the crew and to nobody.</p>"
)
REPLACED = f"<html><title>Welcome</title><body><center>{OWNED * 3}</center></body></html>"


def turning(world: World) -> Answer:
    """By its phase: itself, another page in its place, itself with a stranger's script, with news."""
    pages = (
        Campus().answer(world),
        lambda request: Reply(REPLACED.encode()),
        Campus(head='<script src="{parked}/x.js"></script>').answer(world),
        Campus(home="<p>学院新增一条通知，欢迎查阅。</p>").answer(world),
    )
    return lambda request: pages[request.phase if request.path == "/" else 0](request)


def is_spider(request: Request) -> bool:
    """Says that it is a search engine's visitor."""
    return SPIDER in request.header("user-agent").lower()


def from_search(request: Request) -> bool:
    """Comes from a page of results."""
    return SEARCH in request.header("referer").lower()


REFUSING = Reply(b"no", 403)
AWAY = Reply(status=302, headers=(("Location", "/xygk.htm"),))
CLOAKED = replace(
    PLAIN, planted=(Planted("cloaking"),), undecided=DANGLING | {"hidden-link", "dead-link"}
)


def strangers() -> tuple[Plan, ...]:
    """What links lead to; as sites of their own they are of no interest."""
    bets = f"<html><title>{BETS}</title><body><h1>{BETS}</h1><p>{BETS * 5}</p></body></html>"
    sold = (
        "<html><title>域名出售 - 此域名可转让</title><body><h1>您访问的域名正在出售</h1>"
        "<p>This domain is for sale. 该域名已到期，如需购买请联系经纪人。</p></body></html>"
    )
    return tuple(
        Plan(
            name,
            lambda _, body=body: lambda request: Reply(body.encode()),
            replace(PLAIN, latest=-1),
        )
        for name, body in (("gambling", bets), ("parked", sold))
    )


def plans() -> tuple[Plan, ...]:
    """All sites with planted faults."""
    hidden = tuple(
        plan(
            f"hidden-{name}",
            Row(dict(knobs), (Planted("hidden-link"),), {"undecided": DANGLING}),
        )
        for name, knobs in HIDING.items()
    )
    rows = TEXT_ROWS | attachment_rows() | EXPOSED
    return (
        *hidden,
        *(plan(name, row) for name, row in rows.items()),
        Plan("cloaked-by-agent", shown_to(is_spider), CLOAKED),
        Plan("cloaked-by-referrer", shown_to(from_search), CLOAKED),
        Plan("cloaked-by-redirect", shown_to(is_spider, AWAY), CLOAKED),
        Plan("cloaked-inside", shown_to(is_spider, path="/xyxw/"), CLOAKED),
        Plan("cloaked-by-script", Campus(head=JUMP).answer, CLOAKED),
        Plan("refuses-spiders", shown_to(is_spider, REFUSING), PLAIN),
        Plan("restless-home", restless, PLAIN),
        Plan("turning", turning, PLAIN),
    )
