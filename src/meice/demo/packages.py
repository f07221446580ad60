"""The messy packages that units mail: generated, with the dirt that is met in practice."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from io import BytesIO
from pathlib import Path
from random import Random

import xlsxwriter

from meice.demo.people import mobiles, names
from meice.demo.university import NAME
from meice.engines.annexes import columns as words
from meice.engines.annexes.model import (
    Annex,
    BasicRow,
    FilingForm,
    FilingRow,
    Form,
    Header,
    Person,
    Rectified,
)
from meice.engines.annexes.naming import annex_file_name, package_stem
from meice.engines.annexes.tally import tally
from meice.engines.annexes.write import write_workbook

FOLDER = "demo-packages"
_KINDS = ("微信公众号", "网站", "视频号", "微博", "抖音", "头条号", "QQ公众号", "哔哩哔哩")
_PROBLEMS = ("无更新", "互动回应不及时", "运维管理不规范", "信息发布不准确")
_WEB_PAGE = "<html><head><meta charset='gbk'></head><body><table><tr><td>附件4</td></tr></table>"


@dataclass(frozen=True, slots=True)
class Package:
    """An archive: its name without `.zip`, its members, whether names are written as Chinese
    Windows does (GBK, no UTF-8 flag)."""

    name: str
    members: Mapping[str, bytes]
    gbk_names: bool = False


@dataclass(slots=True)
class Story:
    """What one unit reports; `dirt` changes rows of annex 1 before they are written."""

    unit: str
    short: str
    sent_on: date
    accounts: int
    seed: int
    dirt: Mapping[int, Mapping[str, object]] = field(default_factory=dict)

    def header(self) -> Header:
        people = names(self.seed)
        return Header(self.unit, next(people), next(mobiles()), self.sent_on.isoformat())

    def rows(self) -> list[BasicRow]:
        """Rows of annex 1, one account a platform, some with a problem."""
        random, people = Random(self.seed), names(self.seed)  # noqa: S311  invented data
        phones = mobiles()
        rows = []
        for at in range(self.accounts):
            kind = _KINDS[at % len(_KINDS)]
            bad = random.random() < 0.3
            row = BasicRow(
                number=at + 1,
                name=self._name(kind, at // len(_KINDS)),
                unit=self.unit,
                verified_as=NAME,
                kind=kind,
                problems=(random.choice(_PROBLEMS) if bad else words.NOTHING_WRONG,),
                rectified=Rectified.YES if bad else Rectified.NOT_NEEDED,
                interactive=kind != "网站",
                has_review_system=True,
                outsourced=False,
                responsible_name=next(people),
                responsible_mobile=next(phones),
            )
            rows.append(replace(row, **self.dirt.get(at, {})))  # type: ignore[arg-type]
        return rows

    def _name(self, kind: str, again: int) -> str:
        """The first account of a platform bears the unit's name, further ones a number too."""
        last = "官网" if kind == "网站" else kind
        return f"{NAME}{self.short}{last}{again + 1 if again else ''}"

    def forms(self) -> dict[Annex, Form]:
        """The four forms as the unit filled them in."""
        header, rows = self.header(), self.rows()
        filing = self._filing(rows[0])
        return {
            Annex.BASIC: Form("", Annex.BASIC, header=header, rows=tuple(rows)),
            Annex.COUNTS: Form("", Annex.COUNTS, header=header, rows=tally(rows)),
            Annex.FILING: Form("", Annex.FILING, header=header, rows=(filing,)),
            Annex.FILINGS: Form("", Annex.FILINGS, header=header, rows=(self._filing_row(filing),)),
        }

    def _filing(self, row: BasicRow) -> FilingForm:
        people, phones = names(self.seed + 1), mobiles()
        return FilingForm(
            name=row.name,
            account_id=f"hy_{self.seed}",
            department=self.unit,
            verified_as=NAME,
            platform_or_icp=row.kind,
            opened_on="2019-09-01",
            followers="12800",
            frequency="每周 3 次",
            responsible_department=self.unit,
            filing_kind="变更",
            leader=Person(next(people), "副院长", next(phones)),
            reviewer=Person(next(people), "办公室主任", next(phones)),
            operators=(Person(next(people), "辅导员", next(phones)),),
            changed={"reviewer.name": next(people)},
        )

    def _filing_row(self, form: FilingForm) -> FilingRow:
        operator = form.operators[0]
        return FilingRow(
            number=1,
            name=form.name,
            account_id=form.account_id,
            department=form.department,
            verified_as=form.verified_as,
            kind=form.platform_or_icp,
            opened_on=form.opened_on,
            leader=form.leader.name,
            reviewer=form.reviewer.name,
            operator=operator.name,
            operator_phone=operator.phone,
            filing_kind=form.filing_kind,
        )


def files(story: Story, forms: Mapping[Annex, Form] | None = None) -> dict[str, bytes]:
    """The four `.xls` of a story, named by the unit."""
    return {
        annex_file_name(story.short, annex): write_workbook([form])
        for annex, form in (forms or story.forms()).items()
    }


def clean(sent_on: date) -> Package:
    """经管学院: nothing wrong."""
    story = Story("经济管理学院", "经管学院", sent_on, 6, seed=21)
    return Package(package_stem(sent_on, story.short), files(story))


def faulty(sent_on: date) -> Package:
    """数信学院: faults in cells, samples left standing, a second 公众号, names in GBK."""
    dirt: dict[int, dict[str, object]] = {
        1: {"responsible_mobile": "1380000002"},
        2: {"rectified": Rectified.YES, "problems": (words.NOTHING_WRONG,)},
        3: {"verified_as": ""},
        4: {"kind": "元宇宙号"},
        5: {"responsible_name": ""},
        7: {"kind": "微信", "responsible_mobile": "１３８００００００８"},
    }
    story = Story("数学与信息学院、软件学院", "数信学院", sent_on, 10, seed=22, dirt=dirt)
    forms = story.forms()
    forms[Annex.BASIC] = replace(forms[Annex.BASIC], samples=words.SAMPLES)
    counts = list(forms[Annex.COUNTS].rows)
    counts[0] = replace(counts[0], total=99)  # type: ignore[arg-type]
    forms[Annex.COUNTS] = replace(forms[Annex.COUNTS], rows=tuple(counts))
    members = {**files(story, forms), "盖章扫描件.jpg": b"\xff\xd8\xff\xe0 demo"}
    return Package(package_stem(sent_on, story.short, plus=True), members, gbk_names=True)


def unreadable(sent_on: date) -> Package:
    """校团委: a web page and a broken file named .xls, a .xlsx with numbers and a formula."""
    story = Story("共青团华园大学委员会", "校团委", sent_on, 5, seed=23)
    good = files(story)
    members = {
        "团委附件1(1)(终版).xlsx": typed_workbook(story.rows(), story.unit),
        annex_file_name("校团委", Annex.COUNTS): good[annex_file_name("校团委", Annex.COUNTS)],
        "备案登记表.xls": good[annex_file_name("校团委", Annex.FILING)][:700],
        "备案汇总表.xls": _WEB_PAGE.encode("gbk"),
        "__MACOSX/._备案汇总表.xls": b"\0\5\26\7",
    }
    return Package(f"团委新媒体统计表{sent_on:%m%d}（新）", members)


def typed_workbook(rows: Sequence[BasicRow], unit: str) -> bytes:
    """Annex 1 as someone types it in Excel: numbers for phones, √ for 是, a formula, a gap."""
    out = BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        book.set_properties({"created": datetime(2026, 9, 1, tzinfo=UTC)})  # the same every time
        sheet = book.add_worksheet("Sheet1")
        sheet.write_string(0, 0, words.TITLES[Annex.BASIC])
        sheet.write_string(1, 0, f"填报单位（盖章）：{unit}    填表人：    电话：8800    2021.6.29")
        for at, column in enumerate(words.BASIC_COLUMNS):
            sheet.write_string(2, at, column.title)
        for line, row in enumerate(rows, start=4):  # row 4 of the sheet is left empty
            sheet.write_formula(line, 0, "=ROW()-4", None, line - 3)
            for at, text in enumerate(_typed(row), start=1):
                sheet.write_string(line, at, text)
            sheet.write_number(line, 11, int(row.responsible_mobile))
    return out.getvalue()


def _typed(row: BasicRow) -> list[str]:
    return [
        f" {row.name} ",
        row.unit,
        row.verified_as,
        row.kind,
        "；".join(row.problems),
        "—" if row.rectified is Rectified.NOT_NEEDED else "是",
        "√" if row.interactive else "×",
        "有",
        "无",
        " ".join(row.responsible_name),
    ]


def many_rows(sent_on: date, count: int = 1200) -> bytes:
    """One annex 1 of websites, a bad mobile in every two hundredth row: what a long list is."""
    dirt: dict[int, dict[str, object]] = {
        at: {"kind": "网站", "name": f"{NAME}第{at + 1}届毕业班网站"} for at in range(count)
    }
    for at in range(49, count, 200):
        dirt[at]["responsible_mobile"] = "138"
    story = Story("学生工作处", "学工处", sent_on, count, seed=24, dirt=dirt)
    return write_workbook([story.forms()[Annex.BASIC]])


def archive(package: Package) -> bytes:
    """The zip. GBK names are written the way Chinese Windows writes them."""
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in package.members.items():
            entry = _GbkInfo(name) if package.gbk_names else zipfile.ZipInfo(name)
            file.writestr(entry, content, zipfile.ZIP_DEFLATED)
    return out.getvalue()


class _GbkInfo(zipfile.ZipInfo):
    """An entry whose name is GBK without the UTF-8 flag."""

    def _encodeFilenameFlags(self) -> tuple[bytes, int]:  # noqa: N802  zipfile's own name
        return self.filename.encode("gbk"), self.flag_bits


def lay_down(folder: Path, sent_on: date) -> list[Path]:
    """Write all examples into `folder`; gives their paths."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    packages = (clean(sent_on), faulty(sent_on), unreadable(sent_on))
    contents = {f"{package.name}.zip": archive(package) for package in packages}
    contents["学工处附件1（1200行）.xls"] = many_rows(sent_on)
    for name, content in contents.items():
        (folder / name).write_bytes(content)
    return [folder / name for name in contents]
