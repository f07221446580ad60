"""Common confusions, and the correct phrases in which the same characters meet by chance."""

import pytest
from tests.engines.zhcheck.reading import TODAY

from meice.engines.zhcheck import Rule, check

WRONG = {
    "工程师按装设备": "安装",
    "既使在雨天也坚持训练": "即使在",
    "迫不急待地打开录取通知书": "迫不及待",
    "再接再勵": None,  # 勵 is the traditional form of 励
    "各部门布署工作": "部署",
    "论文答辨": "答辩",
    "招聘启示": "招聘启事",
    "截止目前": "截至目前",
    "登陆系统": "登录系统",
    "他激动的说：“谢谢！”": "激动地说：",
    "学生会干部竟选": "竞选",
    "己经完成": "已经",
}
RIGHT = (
    "既使用了新设备，又节约了经费",
    "按装配图施工，按装修合同付款",
    "发布署名文章，宣布署理校长名单",
    "回答辨析题",
    "自己经历，自己经常，知己经年",
    "沟通迅速，交通迅速恢复",
    "蔚蓝球场，大幅射门",
    "明显的十分之一，录取的了解情况",
    "未来的及格线，价值的注意事项",
    "毕竟争议不大，究竟选择哪一个，竟选择了远方",
    "立即然后，讲座落在实处",
    "友好象征，爱好象棋",
    "辅导圆满结束，我校圆满完成任务",
    "研究竞争力，恢复盖章，习惯彻底改变",
    "湿法冶金，谨慎密切，荣膺品质奖",
    "教务部暑期值班，思辨论坛，拼搏士气",
    "同学藉此机会，意在藉此，周末经批准外出",
    "消防犯罪、赌博斗殴、成熟炼钢工艺、弗吉尼亚州",
    "安 全按 装",  # set apart: two words
)


def typos(text):
    return [issue for issue in check(text, today=TODAY) if issue.rule is Rule.TYPO]


@pytest.mark.parametrize("text", sorted(WRONG))
def test_a_confusion_is_named_with_the_word_meant(text):
    (issue,) = typos(text)
    assert issue.text in text
    assert issue.suggestion == (WRONG[text] or "再接再厉")


@pytest.mark.parametrize("text", RIGHT)
def test_characters_that_meet_by_chance_are_no_confusion(text):
    assert typos(text) == []
