"""The sheet as a Word document, in the fonts of official papers."""

from meice.editorial.documents.sheet import Sheet
from meice.rectification.documents import writing

STAGES = ("环节", "单位", "签名", "五关", "意见", "差错", "时间")


def sheet_docx(sheet: Sheet) -> bytes:
    """`.docx`, the text of the revision behind the signatures."""
    document = writing.new_document()
    writing.heading(document, sheet.title)
    writing.paragraph(document, f"编号：{sheet.number}　　　　稿次：第 {sheet.revision.number} 稿")
    writing.facts(document, sheet.declared)
    writing.section_head(document, "审校签名")
    lines = [
        (one.name, one.unit, one.signed, one.gates, one.opinion, one.mistakes, one.at)
        for one in sheet.stages
    ]
    writing.table(document, STAGES, lines)
    writing.section_head(document, "发布")
    writing.facts(document, sheet.after)
    for note in sheet.notes:
        writing.paragraph(document, note)
    writing.paragraph(document, f"校验码 {sheet.code}")
    document.add_page_break()
    writing.heading(document, sheet.revision.title, 16)
    for paragraph in sheet.paragraphs:
        writing.paragraph(document, paragraph)
    return writing.document_bytes(document)
