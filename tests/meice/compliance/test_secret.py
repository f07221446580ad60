"""口令样式: what is refused as a secret, and what the register writes every day."""

import pytest

from meice.compliance.secret import secret_in

SECRETS = (
    "密码：abc123", "密 码:hyxy2026", "口令是 Zi-Teng-2026", "登录口令为xcb@613",
    "pwd=huayuan88", "Password: qwerty", "passwd＝１２３４５６", "token=9f3b1c", "验证码：482913",
    "API_KEY: 88xk2", "app-secret=ab12cd34", "密钥:MIIEvQIBADANBg", "恢复码：8811-2299",
    "Huayuan@2026", "后台账号 admin 口令见 Xc#613aBc", "aB3$efgh", "sk-abcdef123456",
    "ghp_16C7e42F292c6912E7", "AKIAIOSFODNN7EXAMPLE", "k9Xw2mQ7zL4tR8vB",
    "eyJhbGciOiJIUzI1NiJ9",
)  # fmt: skip
HARMLESS = (
    "", "公众号管理员", "站群后台（信息网络中心统一认证）", "口令由信息网络中心保管", "密码已交接",
    "密码每90天轮换", "口令为定期轮换", "密码见学校口令保管工具",
    "粤ICP备04000001号-1", "京公网安备11010802044671号", "44010000001-26001", "HY-2026-000123",
    "gh_3f9c2b71a06e", "https://sx.huayuan.edu.cn/News/List2026.aspx?Id=Ab12Cd34Ef",
    "xcb@huayuan.edu.cn", "ThinkPad X1 Carbon Gen9", "OptiPlex-7090MT", "华为 MateBook14",
    "GB/T 22239-2019", "合同编号 HT-2026-0088（A）", "MateStation S 2023",
    "SN：PF2ABC34", "A4办公楼 B座 3F-305", "华园宣〔2026〕3号", "1234567890",
)  # fmt: skip


@pytest.mark.parametrize("text", SECRETS)
def test_what_looks_like_a_secret_is_found(text):
    assert secret_in(text)


@pytest.mark.parametrize("text", HARMLESS)
def test_what_is_written_every_day_is_not(text):
    assert secret_in(text) == ""


def test_what_is_said_about_it_does_not_repeat_it():
    assert "uayuan@2026" not in secret_in("Huayuan@2026")
    assert secret_in("密码：abc123") == "密码"
