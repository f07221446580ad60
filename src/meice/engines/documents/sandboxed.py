"""Reading files of others: always in a limited child process."""

from meice.engines.documents.kinds import Kind
from meice.engines.documents.model import Text
from meice.engines.sandbox import Failure, Named, Pool, shared_pool

_READER: Named[tuple[bytes, str], Text] = Named("meice.engines.documents.reading:extract")
_REFUSALS = {
    Failure.TIMEOUT: "读取超时，文件可能已损坏",
    Failure.MEMORY: "文件展开后过大，未读取",
}


def read_text(data: bytes, name: str, *, pool: Pool | None = None) -> Text:
    """Return a file's text with positions, whatever the file is; `refusal` says why there is none.

    .doc .docx .xls .xlsx .ods .pdf .pptx .odt .rtf .html .mht .txt .md .csv; by the bytes, not by
    the name. Read in a limited child (the shared pool's unless one is given): a file that crashes
    its reader is a refusal, too.
    """
    answer = (pool or shared_pool()).run(_READER, (data, name))
    if answer.value is not None:
        return answer.value
    refusal = _REFUSALS.get(answer.failure or Failure.ERROR, "文件已损坏，读不出文字")
    return Text(Kind.UNKNOWN, refusal=refusal)
