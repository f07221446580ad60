"""转送函 as `.docx`: the fields of the print page, room for the seal, and the receipt below."""

from django.conf import settings

from meice.incidents.models import Letter
from meice.rectification.documents import writing

SEAL_DAY = "年　　月　　日"
DRILL = "【演练】本函为演练所用，不对外发送。"


def letter_title() -> str:
    """`华园大学新媒体（网站）突发事件转送函`."""
    return f"{settings.INSTITUTION}新媒体（网站）突发事件转送函"


def rows_of(letter: Letter) -> list[tuple[str, ...]]:
    """Label and value, as they stand on the paper."""
    incident = letter.incident
    local = f"{letter.sent_on.year}年{letter.sent_on.month}月{letter.sent_on.day}日"
    return [
        ("收文单位", letter.addressee),
        ("事件编号", incident.number, "发函日期", local),
        ("类别", str(incident.get_kind_display()), "等级", str(incident.get_severity_display())),
        ("涉事单位", incident.unit_name, "账号（网站）", incident.outlet_name or "—"),
        ("网址", incident.link or "—"),
        ("情况", letter.facts),
        ("请办事项", letter.request),
        ("附件", letter.attachments or "无"),
        ("联系人", letter.sent_by_name, "发函部门", letter.sent_by_unit),
    ]


def letter_docx(letter: Letter) -> bytes:
    """The letter as a Word document."""
    document = writing.new_document()
    writing.heading(document, letter_title())
    if letter.is_drill:
        writing.paragraph(document, DRILL)
    writing.paragraph(document, f"编号：{letter.number}")
    writing.facts(
        document,
        [
            *rows_of(letter),
            ("发函单位\n（盖章）", f"\n\n　　　　　　　　{letter.sent_by_unit}\n　　　　　　　　{SEAL_DAY}"),
            ("回执", f"\n签收人：　　　　　　　　（盖章）\n　　　　　　　　{SEAL_DAY}"),
        ],
    )  # fmt: skip
    return writing.document_bytes(document)
