"""巡查清单 as data: one check a line, and the lists that ship as patterns to copy.

Sources: the self-check items that schools ask for and 石家庄学院's nine (2024), the vetoes of
《政府网站与政务新媒体检查指标》 (国办秘函〔2019〕19号), the notice's 三（六）. Every school edits its copy.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass

from meice.engines.outlets import PLATFORM_BY_KEY, PlatformKind

KIND_LABELS: Mapping[str, str] = {
    PlatformKind.SITE.value: "网站",
    PlatformKind.ACCOUNT.value: "账号",
    PlatformKind.GROUP.value: "群",
    PlatformKind.APP.value: "APP、小程序",
    PlatformKind.LIST.value: "邮件列表",
}
ONLY_SITE = (PlatformKind.SITE.value,)
NOT_SITE = (PlatformKind.ACCOUNT.value, PlatformKind.GROUP.value, PlatformKind.APP.value)
SPEAKS = (PlatformKind.SITE.value, PlatformKind.ACCOUNT.value, PlatformKind.APP.value)


@dataclass(frozen=True, slots=True)
class Check:
    """One line: `text` is what holds when all is well; `kinds` are the kinds of platform it is asked
    of (none: of all); `problem` is the class of the catalogue proposed when it does not hold;
    `clause` the key of the clause it rests on; `source` says in words who asks for it."""

    key: str
    text: str
    hint: str = ""
    kinds: tuple[str, ...] = ()
    problem: str = "other"
    clause: str = ""
    source: str = ""

    def suits(self, kind: str) -> bool:
        """Is it asked of this kind of platform?"""
        return not self.kinds or kind in self.kinds

    @property
    def kind_words(self) -> str:
        """`网站、账号`; 全部 without a limit."""
        return "、".join(KIND_LABELS.get(kind, kind) for kind in self.kinds) or "全部"


@dataclass(frozen=True, slots=True)
class Pattern:
    """A list that ships with the product; copied before it is used."""

    key: str
    name: str
    about: str
    checks: tuple[Check, ...]


NOTICE, INDICATORS = "通知 三（六）", "检查指标（国办秘函〔2019〕19号）"
SELF_CHECK = "高校网站自查项目"

CONTENT = Check("content", "内容正常，无错漏、无不当表述", "错别字、敏感词、涉政不规范表述",
                problem="inaccurate", clause="gov-2019-19/1.2", source=INDICATORS)  # fmt: skip
COMMENTS = Check("comments", "评论、留言无有害信息", "校外贷款、诈骗、谣言、暗语；看不到就选「看不到」",
                 NOT_SITE, "gambling", source=NOTICE)  # fmt: skip
LINKS = Check("links", "链接、二维码能正常打开，去处对", "跳转、暗链、广告、电影、游戏链接",
              problem="dead-links", clause="gov-2019-19/1.2", source=SELF_CHECK)  # fmt: skip
IDENTITY = Check("identity", "名称、头像、认证没有变化", "与台账一致；被改名、换头像的马上报",
                 NOT_SITE, "identity", source="通知 一（二）")  # fmt: skip
UPDATES = Check("updates", "更新正常，没有空栏目", "网站六个月、账号按学校规定的期限", SPEAKS,
                "stale", "gov-2019-19/1.2", INDICATORS)  # fmt: skip
REPLIES = Check("replies", "留言、私信按时回应", "", NOT_SITE, "unresponsive",
                source="通知 一（二）")  # fmt: skip
PRIVACY = Check("privacy", "没有露出个人信息", "手机号、身份证号、学工号、住址，附件也看", SPEAKS,
                "privacy", source=SELF_CHECK)  # fmt: skip
TAMPERING = Check("tampering", "首页没有被改动，没有陌生内容", "", ONLY_SITE, "tampering",
                  "gov-2019-19/1.2", INDICATORS)  # fmt: skip

PATTERNS: tuple[Pattern, ...] = (
    Pattern(
        "daily",
        "日常内容巡查清单",
        "每天看的几项，一个账号两三分钟",
        (CONTENT, COMMENTS, LINKS, IDENTITY, UPDATES, PRIVACY, TAMPERING),
    ),
    Pattern(
        "nine",
        "网站自查清单（九项）",
        "专人、审批、运行、内容、表述、空白、审核、隐私、栏目",
        (
            Check("person", "有专人负责，责任人在岗", "台账上的责任人仍是本人", problem="mismanaged",
                  source=SELF_CHECK),
            Check("approval", "建站经过审批，备案号齐全", "页脚 ICP 和公安备案号", ONLY_SITE, "marks",
                  source=SELF_CHECK),
            Check("running", "能正常打开，没有死链", "", problem="dead-links",
                  clause="gov-2019-19/1.2", source=SELF_CHECK),
            Check("content", "内容合规", "违法不良信息、广告、游戏链接", problem="gambling",
                  source=SELF_CHECK),
            Check("wording", "表述规范", "错别字、敏感词、涉政不规范表述", problem="inaccurate",
                  source=SELF_CHECK),
            Check("blank", "没有空白或长期不更新的栏目", "", problem="stale", source=SELF_CHECK),
            Check("review", "三级审核和审核台账齐全", "抽一条近期信息看审核记录",
                  problem="unreviewed", source=SELF_CHECK),
            Check("privacy", "没有露出个人信息和涉密内容", "手机号、身份证号、学工号、住址",
                  problem="privacy", source=SELF_CHECK),
            Check("columns", "栏目名称与内容对应", "", problem="identity", source=SELF_CHECK),
            Check("shared", "后台账号没有多人共用", "", problem="mismanaged", source=SELF_CHECK),
            Check("off-campus", "没有双非网站和校外地址", "校外服务器、非学校域名", ONLY_SITE,
                  "off-campus", source=SELF_CHECK),
        ),
    ),
    Pattern(
        "notable",
        "重要日子前巡查清单",
        "重要会议、纪念日、开学前的全面巡查",
        (CONTENT, COMMENTS, LINKS, IDENTITY, UPDATES, REPLIES, PRIVACY, TAMPERING,
         Check("pinned", "置顶、首图、菜单适合当下", "过期活动、不合时宜的娱乐内容",
               problem="inaccurate", source=NOTICE),
         Check("on-call", "值班电话打得通，能马上处置", "", problem="mismanaged", source=NOTICE)),
    ),
)  # fmt: skip
PATTERN_BY_KEY: Mapping[str, Pattern] = {pattern.key: pattern for pattern in PATTERNS}


def kind_of(platform: str) -> str:
    """The kind of a platform; an account where the table no longer has it."""
    row = PLATFORM_BY_KEY.get(platform)
    return (row.kind if row else PlatformKind.ACCOUNT).value


def stored(checks: Iterable[Check]) -> list[dict[str, object]]:
    """As a version keeps them."""
    return [{**asdict(check), "kinds": list(check.kinds)} for check in checks]


def restored(rows: Sequence[Mapping[str, object]]) -> tuple[Check, ...]:
    """What a version keeps."""
    return tuple(_restored(row) for row in rows)


def _restored(row: Mapping[str, object]) -> Check:
    kinds = row.get("kinds", ())
    words = {name: str(row.get(name, "")) for name in ("key", "text", "hint", "clause", "source")}
    listed = tuple(str(kind) for kind in kinds) if isinstance(kinds, list | tuple) else ()
    return Check(kinds=listed, problem=str(row.get("problem") or "other"), **words)
