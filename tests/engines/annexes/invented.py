"""Invented rows and forms for the writing tests; nobody real."""

from meice.engines.annexes.model import (
    Annex,
    BasicRow,
    CountRow,
    FilingForm,
    FilingRow,
    Form,
    Header,
    Person,
    Rectified,
)

HEADER = Header("数学与信息学院", "陈希", "020-80000000", "2021-06-29")
FILING_HEADER = Header("数学与信息学院", date="2021-06")
BASIC = BasicRow(
    1,
    "华园数信团委",
    "数学与信息学院",
    "华园大学",
    "微信公众号",
    ("无更新", "审核机制不健全"),
    Rectified.YES,
    True,
    True,
    False,
    "陈希",
    "13800000001",
    "",
)
COUNT = CountRow(
    "单位开设的新媒体（网站）数量（个）",
    {
        "网站": 1,
        "微博": None,
        "微信": 2,
        "头条号": 0,
        "抖音号": None,
        "移动客户端": None,
        "其他政务新媒体": 3,
    },
    6,
    "",
)
FILING = FilingForm(
    name="华园数信团委",
    account_id="gh_0000000001",
    department="数学与信息学院",
    verified_as="华园大学",
    platform_or_icp="微信公众号",
    opened_on="2019-10-08",
    followers="8214",
    frequency="每周2次",
    responsible_department="数信学院团委",
    filing_kind="变更",
    leader=Person("郑国强", "副院长", "13900000001"),
    reviewer=Person("周启明", "团委书记", "8001"),
    operators=(Person("李昊天", "辅导员", "13500000001"),),
    changed={"frequency": "每周3次", "reviewer.phone": "8002", "opened_on": None},
)
ROW = FilingRow(
    1,
    "华园数信团委",
    "gh_0000000001",
    "数学与信息学院",
    "华园大学",
    "微信公众号",
    "2019-10-08",
    "郑国强",
    "周启明",
    "李昊天",
    "13500000001",
    "变更",
)


def basic_form(*rows: BasicRow, header: Header = HEADER) -> Form:
    return Form("", Annex.BASIC, header=header, rows=rows)


def filing_form(*rows: FilingForm, header: Header = FILING_HEADER) -> Form:
    return Form("", Annex.FILING, header=header, rows=rows)


FORMS = (
    basic_form(BASIC),
    Form("", Annex.COUNTS, header=HEADER, rows=(COUNT,)),
    filing_form(FILING),
    Form("", Annex.FILINGS, header=HEADER, rows=(ROW,)),
)
