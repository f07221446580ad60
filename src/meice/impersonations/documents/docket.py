"""The whole docket, or what one channel asks for, as a zip with a hash list."""

from collections.abc import Iterator
from datetime import datetime

from django.utils import timezone

from meice.evidence.documents import Member, packed
from meice.evidence.models import Evidence
from meice.impersonations.channels import Channel
from meice.impersonations.documents.application import application_docx
from meice.impersonations.documents.pack import pack_of
from meice.impersonations.models import Impersonation

CHECK = (
    "本案卷可在任何一台电脑上核对：在本文件夹里运行 sha256sum -c SHA256SUMS，\n"
    "每个文件都应显示“成功”或 OK。证据的采集时间、采集人和散列见“证据清单.txt”，\n"
    "与媒册证据库中的记录一致；证据库的链条由 meice verify 校验。\n"
)


def docket_zip(docket: Impersonation, moment: datetime) -> Iterator[bytes]:
    """Everything: the sheet, the history, the referrals, every piece of evidence."""
    evidence = list(Evidence.objects.of(docket.case))
    papers: list[Member] = [
        ("说明.txt", CHECK.encode()),
        ("经过.txt", history_text(docket).encode()),
        ("证据清单.txt", evidence_text(evidence).encode()),
    ]
    if docket.is_fake:
        papers.insert(0, ("关停申请.docx", application_docx(docket, evidence)))
    return packed(f"假冒案卷{docket.pk}", papers, evidence, moment)


def pack_zip(docket: Impersonation, channel: Channel, moment: datetime) -> Iterator[bytes]:
    """What one channel asks for: the words for its form, the sheet, the pieces it wants."""
    evidence = list(Evidence.objects.of(docket.case))
    pack = pack_of(docket, channel, evidence)
    wanted = [row for row in evidence if row.number in pack.numbers]
    lines = [f"{channel.label}\n{channel.where}\n"]
    lines += [f"【{need.label}】\n{need.value or '（没有）'}\n" for need in pack.fields]
    lines += [f"【附件：{need.label}】{need.value or '（没有）'}\n" for need in pack.attachments]
    if channel.offline:
        lines.append(f"【{channel.offline}】\n")
    papers: list[Member] = [
        ("填报内容.txt", "\n".join(lines).encode()),
        ("关停申请.docx", application_docx(docket, evidence)),
        ("证据清单.txt", evidence_text(wanted).encode()),
    ]
    return packed(f"{channel.key}-假冒案卷{docket.pk}", papers, wanted, moment)


def history_text(docket: Impersonation) -> str:
    """Who did what when, one act a line; then what was sent where and what came back."""
    lines = [f"{docket}　{docket.number or '未编号'}　{docket.state.label}", ""]
    for event in docket.events.all():
        at = timezone.localtime(event.at)
        who = f"{event.by_name}（{event.by_unit}）" if event.by_unit else event.by_name
        note = event.note.replace("\n", " ")
        lines.append(f"{at:%Y-%m-%d %H:%M:%S}　{who}　{event.label}　{note}".rstrip())
    for sent in docket.referrals.all():
        lines.append(
            f"报送　{sent.channel_name}　{sent.sent_on}　单号 {sent.ticket or '无'}　"
            f"{sent.state.label}　{sent.answer}".rstrip()
        )
    return "\n".join(lines) + "\n"


def evidence_text(evidence: list[Evidence]) -> str:
    """One piece a line with everything that its chain covers."""
    lines = ["序号\t类别\t文件\t字节\t采集时间\t采集人\t来源\tSHA-256\t链前值\t链值"]
    for row in evidence:
        at = timezone.localtime(row.captured_at)
        lines.append(
            f"{row.number}\t{row.get_kind_display()}\t{row.name}\t{row.size}\t"
            f"{at:%Y-%m-%d %H:%M:%S}\t{row.by_name}\t{row.source}\t{row.sha256}\t"
            f"{row.previous}\t{row.own_hash}"
        )
    return "\n".join(lines) + "\n"
