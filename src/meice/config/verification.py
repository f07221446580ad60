"""`meice verify`: the audit chain, the evidence and every stored file against their hashes."""

import json
import sys

from meice.audit import verify as audit
from meice.config import serving
from meice.evidence import verify as evidence
from meice.files import verify as files


def run(*, as_json: bool) -> int:
    """Print what was altered, each by name; 0 when nothing was, 1 otherwise."""
    if serving.lacks_tables():
        return 1
    altered = [*audit.altered(), *evidence.altered(), *files.altered()]
    if as_json:
        found = {"altered": altered, "clean": not altered}
        sys.stdout.write(json.dumps(found, ensure_ascii=False, indent=1) + "\n")
        return 1 if altered else 0
    for line in altered:
        sys.stdout.write(f"{line}\n")
    sys.stdout.write(
        f"发现 {len(altered)} 处改动。\n" if altered else "审计链、证据和存档文件都没有改动。\n"
    )
    return 1 if altered else 0
