"""The tree of units: list, one unit, new, edit, move, close, export."""

from collections.abc import Callable
from typing import Any

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from meice.kernel.http import Page
from meice.kernel.slots import unit_panels
from meice.orgs import actions, documents, policies
from meice.orgs.forms import MoveForm, UnitForm
from meice.orgs.lists import UnitList, staffed
from meice.orgs.models import Post, Unit, UnitKind
from meice.orgs.roles import Right, Role
from meice.orgs.views.common import Signed, for_right, lines, searched, seen_unit

SHOWN_PEOPLE = 200


@for_right(Right.SEE_PEOPLE)
@require_http_methods(["GET", "POST"])
def unit_list(request: Signed) -> HttpResponse:
    """The whole tree, or the units that match a condition."""
    if (answer := searched(request, "unit-list")) is not None:
        return answer
    found = UnitList.of(request)
    page: Page[Unit] = Page.of(request, found.rows)
    home = request.user.post.unit if request.user.post else None
    context = {
        "page": page,
        "rows": staffed(page.rows),
        "found": found,
        "kinds": UnitKind.choices,
        "gaps": [Role.LEADER, Role.REVIEWER, Role.OPERATOR],
        "may_create": policies.may_create_unit(request.user, home) if home else None,
        "home": home,
        "may_export": policies.may_export(request.user),
        "may_import": policies.may_import(request.user),
        "managing": request.user.has(Right.MANAGE_UNITS),
    }
    return render(request, "orgs/units.html", context)


@for_right(Right.SEE_PEOPLE)
@require_POST
def export_units(request: Signed) -> HttpResponseBase:
    """The filtered units as .xlsx; leaves an audit line."""
    found = UnitList.of(request)
    units = staffed(list(found.rows))
    actions.export_list(subject="单位", rows=len(units), condition=found.spoken, by=request.user)
    return documents.unit_list(units)


@for_right(Right.SEE_PEOPLE)
@require_GET
def unit(request: Signed, pk: int) -> HttpResponse:
    """One unit: facts, people, what is below, what upper rooms know."""
    found = seen_unit(request, pk)
    by = request.user
    below = Unit.objects.visible_to(by).below(found.path).filter(depth=found.depth + 1)
    above = found.ancestors.visible_to(by)
    posts = Post.objects.current().filter(unit=found).select_related("user", "supervised_by")
    every = posts.count()
    context = {
        "unit": found,
        "above": list(above),
        "children": staffed(list(below.order_by("-active", "pinyin_key"))),
        "posts": sorted(posts[:SHOWN_PEOPLE], key=_by_role),
        "post_count": every,
        "gaps": [] if not found.active else staffed([found])[0]["gaps"],
        "former_names": found.former_names.all(),
        "panels": _panels(found, by),
        "managing": by.has(Right.MANAGE_UNITS, found),
        "may_create": policies.may_create_unit(by, found),
        "acts": _acts(found, request),
    }
    return render(request, "orgs/unit.html", context)


def _by_role(post: Post) -> tuple[int, str]:
    order = [Role.LEADER, Role.REVIEWER, Role.OPERATOR, *Role]
    return order.index(Role(post.role)), post.user.pinyin_key


def _panels(unit: Unit, by: Any) -> list[dict[str, Any]]:
    found = [(panel, panel.context(unit, by)) for panel in unit_panels]
    return [
        {"title": panel.title, "template": panel.template, "context": context}
        for panel, context in found
        if context is not None
    ]


def _acts(unit: Unit, request: Signed) -> list[dict[str, Any]]:
    by = request.user
    if not by.has(Right.MANAGE_UNITS, unit):
        return []
    shut = (
        ("停用", reverse("unit-close", args=[unit.pk]), policies.may_close_unit(by, unit))
        if unit.active
        else (
            "恢复使用",
            reverse("unit-reopen", args=[unit.pk]),
            policies.may_reopen_unit(by, unit),
        )
    )
    return lines(
        ("修改", reverse("unit-edit", args=[unit.pk]), policies.may_edit_unit(by, unit)),
        ("移动", reverse("unit-move", args=[unit.pk]), policies.may_move_unit(by, unit)),
        shut,
    )


@for_right(Right.MANAGE_UNITS)
@require_http_methods(["GET", "POST"])
def create_unit(request: Signed, pk: int) -> HttpResponse:
    """A new unit below unit `pk`."""
    parent = seen_unit(request, pk)
    form = UnitForm(request.POST or None, parent=parent)
    verdict = policies.may_create_unit(request.user, parent)
    if request.method == "POST" and form.is_valid():
        made = actions.create_unit(form.facts(), parent=parent, by=request.user)
        return redirect("unit", made.pk)
    return _form(request, form, "新设单位", parent, verdict, back=parent)


@for_right(Right.MANAGE_UNITS)
@require_http_methods(["GET", "POST"])
def edit_unit(request: Signed, pk: int) -> HttpResponse:
    """Names, kind, telephone."""
    found = seen_unit(request, pk)
    known = {key: getattr(found, key) for key in ("name", "short_name", "aliases", "kind", "phone")}
    form = UnitForm(request.POST or None, parent=found.parent, unit=found, initial=known)
    if request.method == "POST" and form.is_valid():
        actions.edit_unit(found, form.facts(), by=request.user)
        return redirect("unit", found.pk)
    verdict = policies.may_edit_unit(request.user, found)
    return _form(request, form, "修改单位", found.parent, verdict, back=found)


@for_right(Right.MANAGE_UNITS)
@require_http_methods(["GET", "POST"])
def move_unit(request: Signed, pk: int) -> HttpResponse:
    """Under another parent."""
    found = seen_unit(request, pk)
    form = MoveForm(request.POST or None, unit=found, by=request.user)
    verdict = policies.may_move_unit(request.user, found)
    if request.method == "POST" and form.is_valid():
        target = form.cleaned_data["target"]
        verdict = policies.may_move_unit(request.user, found, target)
        if verdict:
            actions.move_unit(found, target=target, by=request.user)
            return redirect("unit", found.pk)
        form.add_error("target", verdict.reason)
    return _form(request, form, "移动单位", found.parent, verdict, back=found)


def _form(
    request: Signed, form: Any, heading: str, parent: Unit | None, verdict: Any, *, back: Unit
) -> HttpResponse:
    context = {
        "form": form, "heading": heading, "parent": parent, "verdict": verdict, "back": back,
    }  # fmt: skip
    return render(request, "orgs/unit_form.html", context, status=422 if form.errors else 200)


def _act_on(action: Callable[..., Unit]) -> Any:
    @for_right(Right.MANAGE_UNITS)
    @require_POST
    def view(request: Signed, pk: int) -> HttpResponse:
        action(seen_unit(request, pk), by=request.user)
        return redirect("unit", pk)

    return view


close_unit = _act_on(actions.close_unit)
reopen_unit = _act_on(actions.reopen_unit)
