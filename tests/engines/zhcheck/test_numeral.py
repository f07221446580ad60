"""GB/T 15835—2011 and GB 3100—1993: wrong forms with their mending, and right ones."""

import pytest
from tests.engines.zhcheck.reading import found, issues

from meice.engines.zhcheck.rules import numeral


@pytest.mark.parametrize(
    ("text", "written", "mended"),
    [
        ("二零二六年", "二零二六", "二〇二六"),
        ("二○二六年", "二○二六", "二〇二六"),
        ("二0二六年", "二0二六", "二〇二六"),
        ("百分之30", "百分之30", "30%"),
        ("增长5-10%", "5-10%", "5%-10%"),
        ("投入3～5万元", "3～5万", "3万～5万"),
        ("奖金4千元", "4千", "4000"),
        ("共3百余人", "3百", "300"),
        ("20世纪九十年代", "20世纪九十年代", "20世纪90年代"),
        ("历时三、四天", "三、四", "三四"),
        ("十三、四岁", "三、四", "三四"),
        ("约30人左右", "约30人左右", "约30人"),
        ("大约有20人左右", "大约有20人左右", "大约有20人"),
        ("面积30平米", "平米", "平方米"),
        ("里程5 KM。", "KM", "km"),
        ("重10KG", "KG", "kg"),
    ],
)
def test_a_wrong_form_is_found_with_its_mending(text, written, mended):
    (issue,) = issues(numeral.check, text)
    assert (issue.text, issue.suggestion) == (written, mended)


@pytest.mark.parametrize(
    "text",
    [
        "二〇二六年十一月，共2000余人，占5%—10%。",
        "全长5千米，功率10千瓦，重3千克。",
        "第三、四章，一、二等奖，三、四年级。",
        "20世纪90年代，公司百强，2026年。",
        "约30人到场，左右两侧各10人；约3分钟上下楼一次。",
        "约2小时，面积30平方米，存储5GB，距离3km。",
        "电话020-85281234，房间1-203，第5-10页。",
        "百分之三十的学生，三四天，十三四岁。",
        "",
    ],
)
def test_right_forms_are_left_alone(text):
    assert found(numeral.check, text) == []
