"""全部版本: every revision, every signature, every act; two revisions side by side; files."""

from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from meice.editorial.comparison import Run, count_changes, differences
from meice.editorial.models import Attachment, Manuscript, PageCheck, Revision
from meice.editorial.views.passages import paragraphs
from meice.editorial.views.signed import manuscript_or_404
from meice.files.models import StoredFile
from meice.files.reading import file_response
from meice.kernel.http import visible_or_404


@login_required
@require_GET
def manuscript_history(request: HttpRequest, pk: int) -> HttpResponse:
    """Revisions, rounds with their signatures, acts, looks at the published pages."""
    found = manuscript_or_404(request, pk)
    revisions = list(found.revisions.order_by("-number"))
    checks = PageCheck.objects.filter(publication__manuscript=found.pk)
    context = {
        "manuscript": found,
        "revisions": revisions,
        "rounds": _rounds(found),
        "events": found.events.select_related("revision").order_by("-pk"),
        "publications": found.publications.select_related("revision"),
        "checks": checks.select_related("publication", "revision")[:50],
    }
    return render(request, "editorial/manuscript_history.html", context)


def _rounds(found: Manuscript) -> list[tuple[int, list[object]]]:
    """The newest first."""
    numbers = range(found.round, 0, -1)
    every = sorted(found.reviews.select_related("revision"), key=lambda one: (one.round, one.place))
    return [(number, [one for one in every if one.round == number]) for number in numbers]


@login_required
@require_GET
def manuscript_difference(request: HttpRequest, pk: int) -> HttpResponse:
    """From one revision to another: the query names their numbers; without, the last two."""
    found = manuscript_or_404(request, pk)
    revisions = {one.number: one for one in found.revisions.order_by("number")}
    new = _named(request, "to", revisions) or found.newest
    old = _named(request, "from", revisions) or revisions.get(new.number - 1) or new
    runs = differences(old.copy, new.copy)
    context = {
        "manuscript": found,
        "revisions": list(revisions.values()),
        "old": old,
        "new": new,
        "paragraphs": paragraphs(runs),
        "changes": count_changes(runs),
        "facts": _facts(old, new),
    }
    return render(request, "editorial/manuscript_difference.html", context)


def _named(request: HttpRequest, name: str, revisions: dict[int, Revision]) -> Revision | None:
    given = request.GET.get(name, "")
    whole = given.isascii() and given.isdecimal() and len(given) < 6
    return revisions.get(int(given)) if whole else None


FACTS = {
    "form": "内容形式",
    "content_class": "稿件类别",
    "lane": "缓急",
    "origin": "原创或转载",
    "original_title": "原标题",
    "source_name": "来源名称",
    "source_url": "来源链接",
    "contributors": "供稿、供图",
    "impact": "社会影响预判",
    "picture_licence": "图片授权",
    "music_licence": "音乐、字体、视频授权",
    "intelligence": "AI 声明",
    "people": "涉及人员",
    "minors": "未成年人",
}


def _facts(old: Revision, new: Revision) -> list[tuple[str, str, str]]:
    """The declarations that changed: label, before, after."""
    found = []
    for name, label in FACTS.items():
        before, after = _shown(old, name), _shown(new, name)
        if before != after:
            found.append((label, before, after))
    files = [sorted(one.attachments.values_list("name", flat=True)) for one in (old, new)]
    if files[0] != files[1]:
        found.append(("附件", "、".join(files[0]), "、".join(files[1])))
    if old.secrets != new.secrets:
        found.append(("保密自查", "、".join(old.secret_words), "、".join(new.secret_words)))
    return found


def _shown(revision: Revision, name: str) -> str:
    display = getattr(revision, f"get_{name}_display", None)
    return str(display() if display else getattr(revision, name))


@login_required
@require_GET
def manuscript_file(request: HttpRequest, pk: int, file: int) -> FileResponse:
    """An attachment of one of its revisions, or the kept copy of a published page."""
    found = manuscript_or_404(request, pk)
    held = Attachment.objects.filter(revision__manuscript=found.pk, file=file).values("file")
    pages = PageCheck.objects.filter(publication__manuscript=found.pk, page=file).values("page")
    if not held.union(pages).exists():
        raise Http404
    return file_response(StoredFile.objects.get(pk=file))


@login_required
@require_GET
def page_check(request: HttpRequest, pk: int, check: int) -> HttpResponse:
    """What one look at a published page saw beside what was approved."""
    found = manuscript_or_404(request, pk)
    rows = PageCheck.objects.filter(publication__manuscript=found.pk)
    one = visible_or_404(rows.select_related("publication", "revision"), pk=check)
    runs = [Run(str(kind), str(text)) for kind, text in one.changes]
    context = {"manuscript": found, "check": one, "runs": runs}
    return render(request, "editorial/page_check.html", context)
