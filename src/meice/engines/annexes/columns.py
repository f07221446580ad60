"""The words of the four forms, exactly as the notice prints them, and what clerks write instead.

Source: the notice's annexes 1-4. A printed title keeps its line breaks; ``Column.title`` is the
same without white space, which is how titles are compared. Everything here is data: a new column
or a new way to write a title is a line in a table.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from meice.engines.annexes.model import Annex, BasicRow, FilingKind, Rectified


@dataclass(frozen=True, slots=True)
class Column:
    """A column (annexes 1, 2, 4) or a labelled cell (annex 3) and the row's field it holds."""

    key: str
    printed: str
    aliases: tuple[str, ...] = ()
    width: float = 10.0  # of the printed column, in characters of the default font

    @property
    def title(self) -> str:
        """The title without white space."""
        return "".join(self.printed.split())


MARKS: Mapping[Annex, str] = {annex: f"附件{int(annex)}" for annex in Annex}
TITLES: Mapping[Annex, str] = {
    Annex.BASIC: "新媒体（网站）基本情况统计表",
    Annex.COUNTS: "新媒体（网站）基本情况汇总表",
    Annex.FILING: "新媒体（网站）备案登记表",
    Annex.FILINGS: "新媒体（网站）备案汇总表",
}

# The list that a merged package has in place of more than 200 annex 3 (they lie in a folder).
FILING_LIST_TITLE = "新媒体（网站）备案登记表目录"

BASIC_COLUMNS: tuple[Column, ...] = (
    Column("number", "序号", ("编号", "No", "No.", "顺序号"), 5),
    Column(
        "name",
        "账号\n（网站）\n名称",
        ("账号名称", "帐号名称", "帐号（网站）名称", "新媒体（网站）名称", "名称", "网站名称"),
        15,
    ),
    Column("unit", "开设单位", ("开办单位", "主办单位", "单位", "开设部门", "所属单位"), 16),
    Column("verified_as", "认证主体", ("认证单位", "主体", "认证主体名称", "账号主体"), 14),
    Column("kind", "类型", ("账号类型", "平台", "平台类型", "新媒体类型", "开通平台"), 11.6),
    Column("problems", "问题排\n查情况", ("排查情况", "问题情况", "存在问题", "排查问题"), 15.6),
    Column("rectified", "是否\n整改", ("整改情况", "是否已整改", "整改", "是否完成整改"), 6),
    Column("interactive", "是否\n具有\n互动\n功能", ("是否有互动功能", "互动功能"), 6),
    Column(
        "has_review_system",
        "是否\n建立\n内容\n发布\n审核\n制度",
        ("是否建立审核制度", "是否建立内容审核制度", "审核制度", "是否建立发布审核制度"),
        6,
    ),
    Column(
        "outsourced",
        "是否\n委托\n其他\n单位\n运营",
        ("是否委托运营", "委托运营", "是否委托第三方运营", "是否委托其他单位运维"),
        6,
    ),
    Column(
        "responsible_name",
        "账号\n负责人\n姓名",
        ("负责人姓名", "负责人", "帐号负责人姓名", "账号负责人", "帐号负责人"),
        9,
    ),
    Column(
        "responsible_mobile",
        "账号\n负责人\n手机号",
        (
            "负责人手机号",
            "手机号",
            "手机",
            "手机号码",
            "负责人手机",
            "负责人手机号码",
            "账号负责人手机",
            "账号负责人手机号码",
            "帐号负责人手机号",
            "负责人电话",
            "联系电话",
            "电话",
        ),
        16,
    ),
    Column("note", "备注", ("说明", "附注"), 10),
)

FILING_COLUMNS: tuple[Column, ...] = (
    Column("number", "序号", ("编号", "No", "No.", "顺序号"), 5),
    Column(
        "name",
        "账号\n（网站/APP）\n名称",
        ("账号名称", "帐号（网站/APP）名称", "账号/网站/APP名称", "账号（网站）名称", "名称"),
        14,
    ),
    Column(
        "account_id",
        "账号ID\n（网址）",
        ("账号ID/网址", "账号ID", "帐号ID（网址）", "网址", "ID", "账号（网址）"),
        17,
    ),
    Column("department", "开设部门", ("开设单位", "开办部门", "部门", "单位"), 15.6),
    Column("verified_as", "认证主体", ("认证单位", "主体", "账号主体"), 11),
    Column("kind", "类型", ("账号类型", "平台", "平台类型", "开通平台"), 12),
    Column("opened_on", "开通时间", ("开通日期", "开设时间", "注册时间"), 12),
    Column("leader", "主管领导", ("分管领导", "主管领导姓名"), 9.6),
    Column("reviewer", "审核人", ("审核人姓名", "审核人员"), 8.6),
    Column("operator", "运维负责人", ("运维人员", "运维工作人员", "运营负责人"), 11.4),
    Column(
        "operator_phone",
        "运维负责人\n联系电话",
        ("运维负责人电话", "运维负责人手机", "联系电话", "运维人员联系电话", "运维负责人手机号"),
        16,
    ),
    Column("filing_kind", "备案类型", ("备案类别", "备案种类"), 9.6),
)

COUNT_ITEM = Column("item", "项目", ("统计项目", "指标"), 50)
WEBSITE_COLUMN = "网站"
OTHER_COLUMN = "其他政务新媒体"
COUNT_GROUP = "新媒体"  # the heading over the six columns of annex 2 that are no websites
COUNT_PRINTED: tuple[Column, ...] = (
    Column("网站", "网站", ("官方网站",), 9),
    Column("微博", "微博", ("新浪微博", "微博号"), 9),
    Column("微信", "微信", ("微信公众号", "公众号"), 9),
    Column("头条号", "头条号", ("今日头条", "头条"), 9),
    Column("抖音号", "抖音号", ("抖音",), 9),
    Column("移动客户端", "移动\n客户端", ("客户端", "APP", "移动客户端（APP）"), 9),
    Column("其他政务新媒体", "其他政务\n新媒体", ("其他新媒体", "其他", "其它政务新媒体"), 10),
)
COUNT_COLUMNS: tuple[str, ...] = tuple(column.key for column in COUNT_PRINTED)
COUNT_TOTAL = Column("total", "合计", ("总计", "小计", "合计（个）"), 9)
COUNT_NOTE = Column("note", "备注", ("说明", "附注"), 12)

COUNT_ITEMS: tuple[str, ...] = (
    "单位开设的新媒体（网站）数量（个）",
    "以职务身份开设认证的个人账号（个）",
    "排查出有问题的新媒体（网站）数量（个）",
    "问题已整改的新媒体（网站）数量（个）",
    "具有互动功能的新媒体（网站）数量（个）",
    "已建立内容发布审核制度的新媒体（网站）数量（个）",
    "委托其他单位运营的新媒体（网站）数量（个）",
)
OFFICE_HOLDER_ITEM = COUNT_ITEMS[1]  # 职务账号: never counted from annex 1

FORM_LABELS: tuple[Column, ...] = (
    Column("name", "账号/网站/APP名称", ("账号名称", "账号（网站/APP）名称", "名称")),
    Column("account_id", "账号ID/网址", ("账号ID（网址）", "账号ID", "网址")),
    Column("department", "开设部门", ("开设单位", "开办部门")),
    Column("verified_as", "认证主体", ("认证单位", "账号主体")),
    Column("platform_or_icp", "开通平台/网站ICP", ("开通平台", "网站ICP", "平台/网站ICP")),
    Column("opened_on", "开通时间", ("开通日期", "开设时间")),
    Column("followers", "粉丝量（关注数）", ("粉丝量", "粉丝数", "关注数", "粉丝数（关注数）")),
    Column("frequency", "发布频次", ("发布频率", "更新频次")),
    Column("responsible_department", "责任部门", ("责任单位",)),
    Column("filing_kind", "备案类型", ("备案类别",)),
)
PEOPLE_LABEL = Column("people", "管理相关人员", ("相关人员", "管理人员"))
PERSON_COLUMNS: tuple[Column, ...] = (
    Column("name", "姓  名", ("名字",)),
    Column("title", "职  务", ("职称", "职务/身份")),
    Column("phone", "联系电话", ("电话", "手机", "手机号", "联系方式")),
)
LEADER_LABEL = Column("leader", "主管领导", ("分管领导",))
REVIEWER_LABEL = Column("reviewer", "审核人", ("审核人员",))
OPERATORS_LABEL = Column("operators", "运维\n工作\n人员", ("运维人员", "运营人员", "运维负责人"))
OPERATOR_NUMBERS: tuple[str, ...] = ("1", "2", "3")
OPINION_LABEL = Column("opinion", "主管部门意见：", ("主管部门意见", "主管单位意见", "意见"))
SEAL_LINE = "主管单位（盖章）　　　　年　　月　　日"

# The header's labels: those of annexes 1 and 2, of annex 3, of annex 4, then the clerks' own.
HEADER_LABELS: tuple[Column, ...] = (
    Column(
        "unit",
        "填报单位（盖章）",
        ("填报部门（盖章）", "填报单位", "填报部门", "单位（盖章）", "单位名称", "报送单位"),
    ),
    Column("filled_by", "填表人", ("填报人", "制表人", "经办人")),
    Column("phone", "电话", ("联系电话", "联系方式", "手机", "手机号")),
    Column("date", "填表时间", ("填报时间", "填表日期", "填报日期", "日期", "时间")),
)

NOTES: Mapping[Annex, str] = {
    Annex.BASIC: "注：同一单位开设的多个新媒体（网站）账号，以及同一名称开设在不同平台的账号，"
    "应依次登记，各占一行。",
    Annex.COUNTS: "",
    Annex.FILING: "注：备案类型包括开设、变更、注销，变更项需在相应栏内标记；不涉及的栏目可空白。",
    Annex.FILINGS: "注：备案类型包括开设、变更、注销，变更项需在相应栏内标记。"
    "每年度末将本年度备案情况统计汇总。",
}
DELIVERY_LABEL = "报送方式"  # a paragraph that begins so is never data
KIND_HINT = "微信公众号/微博/网站/APP等"  # printed under 类型 in the first row of annex 4
SAMPLE_NAMES = frozenset({"广东教育", "XXX"})
SAMPLE_PHONE = "XXX"
SAMPLE_NOTE = "例"
NOTHING_WRONG = "无问题"
PROBLEM_JOINER = "、"
YES, NO, BLANK_ANSWER = "是", "否", "-"

# A changed cell of annex 3 reads 新值【原：旧值】; a bare mark is any of CHANGE_SIGNS.
CHANGE_OPEN, CHANGE_CLOSE = "【原：", "】"
CHANGE_SIGNS: tuple[str, ...] = ("▲", "△", "※", "★", "☆", "●", "◆", "＊")
FILING_KINDS: tuple[str, ...] = tuple(kind.value for kind in FilingKind)


def _sample(number: int, name: str, owner: str, kind: str, problem: str, **given: bool) -> BasicRow:
    return BasicRow(
        number=number,
        name=name,
        unit=owner,
        verified_as="广东省教育厅" if number == 1 else "XXX学校",
        kind=kind,
        problems=(problem,),
        rectified=Rectified.NOT_NEEDED if problem == NOTHING_WRONG else Rectified.YES,
        interactive=True,
        has_review_system=True,
        outsourced=given.get("outsourced", False),
        responsible_name="XXX",
        responsible_mobile="XXX",
        note=SAMPLE_NOTE,
    )


SAMPLES: tuple[BasicRow, ...] = (
    _sample(1, "广东教育", "广东省教育厅", "微信公众号", NOTHING_WRONG, outsourced=True),
    _sample(2, "XXX", "XXX学院", "网站", NOTHING_WRONG),
    _sample(3, "XXX", "XXX学院", "抖音", "无更新"),
    _sample(4, "XXX", "XXX学院", "视频号", "审核机制不健全"),
    _sample(5, "XXX", "XXX学院", "微博", "审核机制不健全"),
)
