"""soft-404: an address that does not exist is answered as if it did.

Once a host a random address is asked for. A page of the site that says 页面不存在 and answers 200
is found as well: its link is dead, only no machine can tell.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime

from meice.engines.webprobe.checks.site import Reading, Site
from meice.engines.webprobe.findings import Code, Finding
from meice.engines.webprobe.pages import PageKind
from meice.engines.webprobe.rules.model import RuleSet

SHORT = 400  # characters; an article about 404 pages is longer
_SAYS_SO = re.compile(
    r"""(?:(?:对不起|非常抱歉|很抱歉|抱歉|sorry|oops|提示(?:信息)?|错误(?:信息)?|error|404)[\s,，。:：!！-]*)*
    (?:
      (?:(?:您|你)?所?要?(?:访问|查找|浏览|请求|查看|找)的|该|此|本)?
      (?:网页|页面|文章|内容|信息|链接|地址|文件|栏目)?(?:可能)?
      (?:不存在|未找到|找不到|已被?删除|已下线|丢失|走丢了?)
    | (?:没有找到|未找到|找不到)(?:您|你)?(?:所?要?(?:访问|查找|浏览|请求|找)的|该|此)?(?:网页|页面|文章|内容)
    | (?:the\s)?(?:requested\s)?(?:page|file|url)?\s*(?:was\s|could\s)?not\s(?:be\s)?found
    )(?=$|\W|或)""",
    re.IGNORECASE | re.VERBOSE,
)
MEND = "请让服务器对不存在的地址应答 404，否则死链无法查出，搜索引擎也会收录错误页。"


def check(site: Site, rules: RuleSet, now: datetime) -> Iterator[Finding]:
    """Only a 200 counts: 403, a failure or a redirect that ends in 404 says nothing or is right."""
    stray = site.stray
    if stray is None or stray.failure is not None or stray.status != 200:
        return
    turned = f"，转到 {stray.final_url}" if stray.final_url != stray.url else ""
    yield rules.finding(
        Code.SOFT_404,
        stray.url,
        f"随机地址应答 200{turned}，标题“{stray.title}”",
        f"访问不存在的地址得到正常状态{turned}。{MEND}",
    )


def check_page(reading: Reading, rules: RuleSet, now: datetime) -> Iterator[Finding]:
    """A short page that was answered with 200, and a line of it says that there is none."""
    page = reading.page
    if reading.is_home or reading.answer.status != 200 or page.kind is not PageKind.HTML:
        return
    if len(page.text) > SHORT:
        return
    said = next((line for line in page.text.splitlines() if _SAYS_SO.match(line.strip())), "")
    if not said:
        return
    yield rules.finding(
        Code.SOFT_404,
        reading.url,
        f"应答 200，页面写着“{said.strip()[:60]}”",
        f"页面说自己不存在，却应答正常状态。请撤下指向它的链接。{MEND}",
    )
