"""`meice doctor`: what is configured, reachable and missing, each with the way on."""

import importlib.util
import json
import shutil
import sys
from collections.abc import Callable
from dataclasses import asdict, dataclass
from enum import StrEnum
from ipaddress import ip_address, ip_network

from django.conf import settings
from django.core.mail import get_connection
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor

from meice.engines.webprobe.picture import find_browser
from meice.jobs import models as jobs
from meice.kernel.clock import now
from meice.orgs.models import SignedIn
from meice.web import static_files

RECENT = 20  # sessions


class Health(StrEnum):
    """How one examined thing is; unknown is neither good nor bad."""

    GOOD = "正常"
    NOTE = "注意"
    BAD = "有问题"
    UNKNOWN = "未知"


@dataclass(frozen=True)
class Examined:
    """One line of the report."""

    subject: str
    health: Health
    found: str
    mend: str = ""


def run(*, as_json: bool) -> int:
    """Print the report; 1 when something is broken, else 0."""
    report = [examine() for examine in EXAMINATIONS]
    if as_json:
        lines = [asdict(line) for line in report]
        sys.stdout.write(json.dumps(lines, ensure_ascii=False, indent=1) + "\n")
    else:
        for line in report:
            mend = f"  → {line.mend}" if line.mend else ""
            sys.stdout.write(f"[{line.health}] {line.subject}：{line.found}{mend}\n")
    return 1 if any(line.health is Health.BAD for line in report) else 0


def _python() -> Examined:
    found = ".".join(map(str, sys.version_info[:3]))
    return Examined("Python", Health.GOOD, found)


def _data_directory() -> Examined:
    free = shutil.disk_usage(settings.DATA_DIR).free // 2**20
    health = Health.GOOD if free > 2048 else Health.NOTE
    mend = "" if health is Health.GOOD else "可用空间不到 2 GB，请清理或换盘"
    return Examined("数据目录", health, f"{settings.DATA_DIR}，可用 {free} MB", mend)


def _database() -> Examined:
    kind = connection.vendor
    try:
        connection.ensure_connection()
        executor = MigrationExecutor(connection)
        waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
    except DatabaseError as failure:
        return Examined(
            "数据库",
            Health.BAD,
            f"{kind} 连不上（{type(failure).__name__}）",
            "查 MEICE_DATABASE_URL 和数据库服务",
        )
    if waiting:
        return Examined(
            "数据库",
            Health.NOTE,
            f"{kind}，{len(waiting)} 个迁移未做",
            "运行 meice serve 会自动迁移",
        )
    return Examined("数据库", Health.GOOD, f"{kind}，结构是最新的")


def _worker() -> Examined:
    try:
        beat = jobs.latest_beat()
    except DatabaseError:
        return Examined("后台任务", Health.UNKNOWN, "数据库还没有准备好，无法判断")
    if beat is None:
        return Examined("后台任务", Health.NOTE, "还没有运行过", "运行 meice serve 或 meice worker")
    age = int((now() - beat).total_seconds())
    if age > 120:
        return Examined("后台任务", Health.BAD, f"{age} 秒没有动静", "运行 meice worker")
    return Examined("后台任务", Health.GOOD, f"{age} 秒前有动静")


def _front_end() -> Examined:
    if static_files.is_built(static_files.TABLER):
        return Examined("前端样式", Health.GOOD, "已构建")
    return Examined("前端样式", Health.NOTE, "未构建，正用朴素样式", "运行 make assets")


def _archives() -> Examined:
    if importlib.util.find_spec("libarchive") is None:
        return Examined(
            "rar、7z",
            Health.NOTE,
            "不能读，单位会被请改用 .zip",
            "需要时安装：pip install 'meice[archives]'，并装系统的 libarchive",
        )
    return Examined("rar、7z", Health.GOOD, "可读")


def examine_pictures() -> Examined:
    browser = find_browser()
    if browser is None:
        return Examined(
            "页面截图",
            Health.NOTE,
            "不能生成：没有装浏览器，证据仍有页面快照、文字和响应头",
            "需要时安装 chromium 或 Google Chrome",
        )
    return Examined("页面截图", Health.GOOD, f"可生成，用 {browser.path}（不联网）")


def _mail() -> Examined:
    if settings.EMAIL_BACKEND.endswith("smtp.EmailBackend"):
        return _mail_server()
    return Examined("邮件", Health.NOTE, "没有配置，通知只在站内", "设 MEICE_EMAIL_BACKEND 等变量")


def _mail_server() -> Examined:
    where = f"{settings.EMAIL_HOST}:{settings.EMAIL_PORT}"
    try:
        mail = get_connection(timeout=5)
        mail.open()
        mail.close()
    except OSError as failure:
        return Examined(
            "邮件",
            Health.BAD,
            f"{where} 连不上（{type(failure).__name__}）",
            "查 MEICE_EMAIL_HOST 和端口",
        )
    return Examined("邮件", Health.GOOD, where)


def _exposure() -> Examined:
    if settings.DEBUG:
        return Examined("调试模式", Health.BAD, "开着，出错页会泄露内部情况", "去掉 MEICE_DEBUG")
    if not settings.BEHIND_TLS:
        return Examined(
            "访问地址",
            Health.NOTE,
            f"{settings.PUBLIC_URL}，没有加密",
            "正式使用请经 HTTPS 代理，并设 MEICE_PUBLIC_URL=https://…",
        )
    return Examined("访问地址", Health.GOOD, settings.PUBLIC_URL)


def examine_proxies() -> Examined:
    if not settings.BEHIND_TLS:
        return Examined("代理", Health.GOOD, "没有代理，按连接的地址分清谁是谁")
    named = "、".join(settings.PROXIES) or "没有一个"
    try:
        recent = SignedIn.objects.exclude(address=None).order_by("-pk")[:RECENT]
        seen = {str(session.address) for session in recent}
    except DatabaseError:
        return Examined("代理", Health.UNKNOWN, "数据库还没有准备好，无法判断")
    if not seen:
        return Examined("代理", Health.UNKNOWN, f"听信 {named}；还没有人登录过，无法判断")
    networks = [ip_network(each) for each in settings.PROXIES]
    if all(any(ip_address(one) in network for network in networks) for one in seen):
        return Examined(
            "代理", Health.NOTE, "最近登录的都显示为代理的地址，登录限速和审计分不清谁是谁",
            "让代理传 X-Forwarded-For（nginx：proxy_set_header X-Forwarded-For $remote_addr）",
        )  # fmt: skip
    if len(seen) == 1:
        return Examined(
            "代理", Health.NOTE, f"最近登录的都来自 {seen.pop()}",
            "这如果是代理的地址，把它写进 MEICE_PROXIES",
        )  # fmt: skip
    return Examined("代理", Health.GOOD, f"听信 {named} 传来的用户地址")


EXAMINATIONS: tuple[Callable[[], Examined], ...] = (
    _python,
    _data_directory,
    _database,
    _worker,
    _front_end,
    _archives,
    examine_pictures,
    _mail,
    _exposure,
    examine_proxies,
)
