"""The table of the name rules (domain.md 3.4): how each weighs, what it rests on, how to mend it."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from meice.engines.outlets import name_checks, name_words
from meice.engines.outlets.name_checks import NameCase
from meice.engines.outlets.name_model import (
    NameContext,
    NameIssue,
    NameLevel,
    NameRule,
    ProposedOutlet,
)

_REGULATION_2022 = "《互联网用户账号信息管理规定》（国家网信办令第10号，2022）"
_REGULATION_2015 = "《互联网用户账号名称管理规定》（2015）"
_NOTICE = "《关于加强学校新媒体（网站）运维管理的通知》"


@dataclass(frozen=True, slots=True)
class RuleRow:
    """One row of the table: `message` has a place for what was found."""

    level: NameLevel
    message: str
    article: str
    remedy: str
    find: Callable[[NameCase], Iterable[str]]


_E, _W, _I, _C = NameLevel.ERROR, NameLevel.WARN, NameLevel.INFO, NameLevel.CANDIDATE
_PLAIN = f"{_NOTICE}二（二）：名称应简洁、直观、规范"

RULES: Mapping[NameRule, RuleRow] = MappingProxyType(
    {
        NameRule.N1: RuleRow(
            _W,
            "名称含“{found}”，属于具有新闻属性的名称，而本单位不是新闻中心",
            f"{_REGULATION_2022}第八条第三项：不得擅自使用“新闻”“报道”等具有新闻属性的名称、标识",
            "换成“动态”“资讯”等字样；确有需要的，写明理由报宣传部",
            name_checks.news_words,
        ),
        NameRule.N2: RuleRow(
            _W,
            "名称含“{found}”，平台和主管部门会从严核验",
            f"{_REGULATION_2022}：含有“中国”“中华”“中央”“全国”“国家”等内容的名称从严核验",
            "去掉该字样；属于单位全称的，请先把全称登记到单位名称或别名",
            name_checks.national_words,
        ),
        NameRule.N3: RuleRow(
            _E,
            "名称或头像夹带“{found}”",
            f"{_REGULATION_2022}第八条第五项：不得故意夹带二维码、网址、邮箱、联系方式",
            "从名称和头像中去掉，联系方式写在简介或菜单里",
            name_checks.contacts,
        ),
        NameRule.N4: RuleRow(
            _W,
            "认证主体“{found}”不是登记的单位名称或别名，存在“发布内容与认证身份不符”的风险",
            f"{_REGULATION_2022}：机构账号信息应与机构名称、标识相符；{_NOTICE}一（二）",
            "按登记的单位全称重新认证；属于单位曾用名或别名的，请先登记",
            name_checks.foreign_verification,
        ),
        NameRule.N5: RuleRow(
            _C,
            "名称含“{found}”，但不在登记册内，疑似冒用学校名义",
            f"{_REGULATION_2022}第八条第一项：不得假冒、仿冒企事业单位的名称、标识；{_REGULATION_2015}",
            "请核实：本校开设的补办备案，不是本校的按假冒账号举证、申请关停",
            name_checks.unregistered_school_name,
        ),
        NameRule.N6: RuleRow(
            _E,
            "名称含其他单位的名称“{found}”",
            f"{_REGULATION_2022}第八条第一项：不得假冒、仿冒其他单位的名称；{_NOTICE}一（一）谁开办、谁主管",
            "只用本单位的名称；两个单位合办的，由主办单位备案并写明",
            name_checks.other_units,
        ),
        NameRule.N7: RuleRow(
            _E,
            "本单位在该平台已有在用账号“{found}”",
            f"{_NOTICE}一（一）：在单个新媒体（网站）平台原则上只开设一个新媒体帐号",
            "合并到已有账号；确需另设的，先申请例外",
            name_checks.second_on_platform,
        ),
        NameRule.N8: RuleRow(
            _C,
            "名称中的 {found}，疑似仿冒",
            f"{_REGULATION_2022}第八条第五项：不得使用同音、谐音、相近的文字、数字、符号和字母",
            "请核实：仿冒的举证并申请关停；误报的登记为无关机构，以后不再提示",
            name_checks.look_alikes,
        ),
        NameRule.N9: RuleRow(
            _W,
            "名称含“{found}”，但账号没有认证，易被认为夸大",
            f"{_REGULATION_2022}第八条第六项：不得名不副实、夸大其词",
            "先完成认证，或去掉该字样",
            name_checks.boasts,
        ),
        NameRule.N10: RuleRow(
            _W,
            f"名称不规范：{{found}}（名称中不宜有符号、表情，不宜超过 {name_words.LONGEST_NAME} 个字）",
            _PLAIN,
            "去掉符号和表情，缩短名称",
            name_checks.irregular_form,
        ),
        NameRule.N11: RuleRow(
            _W,
            "名称含“{found}”，像绰号、娱乐化称呼或个人姓名",
            _PLAIN,
            "改用单位名称或其规范简称；以职务身份开设的，备案为职务账号",
            name_checks.unserious,
        ),
        NameRule.N12: RuleRow(
            _I,
            "与本单位其他平台账号的名称“{found}”不一致",
            _PLAIN,
            "各平台尽量用同一名称，便于师生辨认",
            name_checks.different_names,
        ),
        NameRule.A1: RuleRow(
            _I,
            "头像：{found}",
            f"{_NOTICE}二（二）：头像应鲜明、端庄、文明",
            "换成学校或单位的标识，各平台一致；是否端庄由人判断",
            name_checks.avatar_faults,
        ),
    }
)
# N5 and N8 look for accounts outside the register, all others judge what a unit files.
CANDIDATE_RULES = frozenset({NameRule.N5, NameRule.N8})


def _check(
    outlet: ProposedOutlet, context: NameContext, rules: Iterable[NameRule]
) -> tuple[NameIssue, ...]:
    case = name_checks.name_case(outlet, context)
    return tuple(
        NameIssue(rule, row.level, found, row.message.format(found=found), row.article, row.remedy)
        for rule in rules
        for row in (RULES[rule],)
        for found in row.find(case)
    )


def check_name(outlet: ProposedOutlet, context: NameContext) -> tuple[NameIssue, ...]:
    """Judge a name and avatar that a unit files or changes: N1–N4, N6, N7, N9–N12, A1."""
    return _check(outlet, context, [rule for rule in NameRule if rule not in CANDIDATE_RULES])


def check_candidate(outlet: ProposedOutlet, context: NameContext) -> tuple[NameIssue, ...]:
    """Judge an account found outside: N5 (uses the school's name), N8 (imitates it).

    Nothing is returned for an account of the register. A hit is a candidate, never a verdict.
    """
    return _check(outlet, context, [rule for rule in NameRule if rule in CANDIDATE_RULES])
