"""Figures and units: GB/T 15835—2011《出版物上数字用法》 and GB 3100—1993《国际单位制及其应用》."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from meice.engines.zhcheck.model import Copy, Issue, Rule, Severity

NUMERALS = "GB/T 15835—2011《出版物上数字用法》"
UNITS = "GB 3100—1993《国际单位制及其应用》；国务院关于在我国统一实行法定计量单位的命令（1984 年）"

_DIGIT_OF = dict(zip("零〇一二三四五六七八九", "00123456789", strict=True))
_UNIT: Mapping[str, str] = MappingProxyType(
    {
        "平米": "平方米",
        "公分": "厘米",
        **dict.fromkeys(("KM", "Km", "kM"), "km"),
        **dict.fromkeys(("KG", "Kg", "kG"), "kg"),
        **dict.fromkeys(("CM", "Cm", "cM"), "cm"),
        **dict.fromkeys(("MM", "Mm"), "mm"),
        **dict.fromkeys(("KW", "Kw", "kw"), "kW"),
        **dict.fromkeys(("KWH", "Kwh", "kwh", "KWh"), "kW·h"),
        **dict.fromkeys(("M2", "m2", "M²"), "m²"),
        **dict.fromkeys(("M3", "m3", "M³"), "m³"),
    }
)
_APPROXIMATE = "天|岁|小时|个小时|分钟|公里|千米|个月|个人|个星期|个多月"


@dataclass(frozen=True, slots=True)
class Form:
    """A way of writing that the standard does not allow, and how it should be written."""

    pattern: re.Pattern[str]
    message: str
    mend: Callable[[re.Match[str]], str]
    source: str
    group: str | int = 0  # what of the match is wrong


def _year(match: re.Match[str]) -> str:
    return re.sub("[零0○OoＯ]", "〇", match[0])


def _decade(match: re.Match[str]) -> str:
    return f"{match['century']}世纪{_DIGIT_OF[match['decade']]}0年代"


FORMS: tuple[Form, ...] = (
    Form(
        re.compile(
            r"[一二](?<![零〇一二三四五六七八九十百千万].)(?=[〇一二三四五六七八九]{0,2}[零0○OoＯ])"
            r"[零〇一二三四五六七八九0○OoＯ]{3}(?=年)"
        ),
        "年份用汉字书写时，“0”应写作“〇”",
        _year,
        f"{NUMERALS} 5.2",
    ),
    Form(
        re.compile(r"百分之(?P<number>[0-9]+(?:\.[0-9]+)?)"),
        "“百分之”与阿拉伯数字不能混用",
        lambda match: f"{match['number']}%",
        f"{NUMERALS} 5.3",
    ),
    Form(
        re.compile(
            r"(?P<low>[0-9](?<![0-9.\-~～—–].)[0-9]{0,3}(?:\.[0-9]{1,2})?)(?P<to>[-~～—–]|至)"
            r"(?P<high>[0-9]{1,4}(?:\.[0-9]{1,2})?)(?P<unit>[%％]|[万亿](?!年))"
        ),
        "数值范围的前一个数也要写出“%”或“万”“亿”",
        lambda match: f"{match['low']}{match['unit']}{match['to']}{match['high']}{match['unit']}",
        f"{NUMERALS} 5.1",
    ),
    Form(
        re.compile(
            r"[1-9](?<![0-9.第].)[0-9]?(?:千(?![米克瓦赫帕伏安卡焦佛岛])|百)"
            r"(?=[多余]?[元人名个册件份家次亩吨套项]|[1-9][0-9]?[百十]?(?![0-9]))"
        ),
        "除“万”“亿”外，阿拉伯数字与汉字数字不能混用",
        lambda match: match[0].replace("千", "000").replace("百", "00"),
        f"{NUMERALS} 5.3",
    ),
    Form(
        re.compile(r"(?P<century>[0-9]{1,2})世纪(?P<decade>[二三四五六七八九])十年代"),
        "世纪和年代应使用同一种数字",
        _decade,
        f"{NUMERALS} 4.3",
    ),
    Form(
        re.compile(
            rf"(?P<low>[一二三四五六七八])(?<![第、零〇一二三四五六七八九百千].)、(?P<high>[二三四五六七八九])(?=(?:{_APPROXIMATE}))"
        ),
        "相邻两个数字连用表示概数，中间不用顿号",
        lambda match: match[0].replace("、", ""),
        f"{NUMERALS} 5.2；GB/T 15834—2011 4.5",
    ),
    Form(
        re.compile(
            r"(?P<about>(?:大约|约|将近)有?)(?P<number>[0-9一二三四五六七八九十百千万亿.]{1,10})"
            r"(?P<unit>[^\s，。、；：左上]{0,4})(?:左右|上下(?![楼级车班课学文游铺]))"
        ),
        "“约”与“左右”“上下”意思重复，只用一个",
        lambda match: f"{match['about']}{match['number']}{match['unit']}",
        "《现代汉语词典》“约”“左右”条",
    ),
    Form(
        re.compile(
            rf"[0-9] ?(?P<unit>{'|'.join(sorted(_UNIT, reverse=True))})"
            r"(?![A-Za-z0-9])"
        ),
        "应使用法定计量单位及其规定的写法",
        lambda match: _UNIT[match["unit"]],
        UNITS,
        "unit",
    ),
)


def check(copy: Copy) -> Iterator[Issue]:
    """Yield figures in forms that the standards do not allow."""
    for form in FORMS:
        for match in form.pattern.finditer(copy.folded):
            yield copy.issue(
                Rule.NUMERAL,
                Severity.WARN,
                match.span(form.group),
                form.message,
                suggestion=form.mend(match),
                source=form.source,
            )
