"""The words the name rules look for. Small tables of our own; nothing copied from a list."""

import re

# N1: 擅自使用“新闻”“报道”等具有新闻属性的名称 (Art. 8 ③).
NEWS = re.compile(r"新闻|报道|日报|记者|通讯社|广播电视")
# N2: names under strict verification.
NATION = re.compile(r"中国|中华|中央|全国|国家")

# N3: 夹带二维码、网址、邮箱、联系方式 (Art. 8 ⑤). The text is NFKC and lower case.
CONTACTS = re.compile(
    r"https?://\S+|www\.[a-z0-9]\S*"
    r"|[a-z0-9_.+-]{1,64}@[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63})+"
    r"|[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63}){0,3}\.(?:com|cn|net|org|edu|gov|top|xyz|vip|cc|club|io)"
    r"(?![a-z0-9])"
    r"|\+?[0-9]{7,}|1[3-9][0-9][ -][0-9]{4}[ -][0-9]{4}"
    r"|(?:qq群?|扣扣|微信号?|威信|薇信|v信|加v|vx|wx|wechat)[号:： ]{0,3}[0-9]{5,}"
)

# N9: 名不副实、夸大其词 (Art. 8 ⑥).
BOASTS = re.compile(r"官方|唯一|最|第一|权威")

# N10: letters, digits and these may stand in a name.
ALLOWED_SIGNS = frozenset(" ·•-_()（）《》“”、&—")
LONGEST_NAME = 30

# N11: nicknames and amusements; the endings only where a word ends.
_AMUSING = "吐槽|树洞|表白|八卦|老司机|搞笑|段子|沙雕|摸鱼|吃瓜|小灵通|百事通|万能墙|校园墙|喵|萌|宝宝|鸭鸭"
_ENDING = "君|酱|娘|菌|汪|仔|崽|妹|哥|姐|叔|娃"
AMUSING = re.compile(rf"{_AMUSING}|[\w\ue000\ue001](?:{_ENDING})(?=$|[^\w]|说|聊|来了)")

# N11: a personal name is a common surname, one or two characters, and a form of address.
_SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾萧田董袁潘于蒋蔡余杜叶程苏魏吕丁任"
    "沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤"
)
_ADDRESS = "老师|教授|博士|书记|院长|校长|主任|学长|学姐|师兄|师姐|同学|工作室"
_NO_NAME = "高校|高等|任课|任教|金融|马院|马克思|石油|文明|方言|白衣"
PERSON = re.compile(rf"(?<!\w)(?!{_NO_NAME})[{_SURNAMES}]\w{{0,2}}?(?:{_ADDRESS})")
