"""Draw every flow of the house into docs/states: `python -m tests.house.states`."""

import importlib
import os
from pathlib import Path

import django

from meice.kernel.flow import Flow
from tests.house.source import PACKAGE, ROOMS, ROOT

FOLDER = ROOT / "docs" / "states"


def flows() -> dict[str, Flow]:
    """Every Flow that stands in a room's workflow.py, as `room-name` in lower case."""
    found: dict[str, Flow] = {}
    for room in ROOMS:
        if (room / "workflow.py").exists():
            module = importlib.import_module(f"meice.{room.relative_to(PACKAGE)}.workflow")
            found |= {
                f"{room.name}-{name.lower()}": flow
                for name, flow in vars(module).items()
                if isinstance(flow, Flow)
            }
    return found


def page(name: str, flow: Flow) -> str:
    """One generated page: the diagram between its fences."""
    head = f"# {name}\n\nGenerated from the table by `make states`; do not edit.\n\n"
    return f"{head}```mermaid\n{flow.diagram()}```\n"


def pages() -> dict[Path, str]:
    """What should stand in docs/states."""
    return {FOLDER / f"{name}.md": page(name, flow) for name, flow in flows().items()}


def main() -> None:
    """Write the pages and remove those of flows that are gone."""
    wanted = pages()
    FOLDER.mkdir(parents=True, exist_ok=True)
    for old in set(FOLDER.glob("*.md")) - wanted.keys():
        old.unlink()
    for path, text in wanted.items():
        path.write_text(text, "utf-8")


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
    django.setup()
    main()
