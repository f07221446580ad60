"""People: list, one person, new, edit, disable, posts, number, export."""

from collections.abc import Callable
from typing import Any

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from meice.kernel.http import Page, visible_or_404
from meice.kernel.slots import holdings
from meice.orgs import actions, documents, policies
from meice.orgs.forms import EditPersonForm, NewUserForm, PostForm, TeacherForm, holds_number
from meice.orgs.lists import UserList, current_posts
from meice.orgs.looks import account_look
from meice.orgs.models import Post, Unit, User
from meice.orgs.roles import Right, Role
from meice.orgs.views.common import Signed, for_right, lines, managed_user, searched, seen_user


@for_right(Right.SEE_PEOPLE, Right.MANAGE_USERS)
@require_http_methods(["GET", "POST"])
def user_list(request: Signed) -> HttpResponse:
    """People in reach. A search is posted, so that a telephone number never is in an address."""
    if (answer := searched(request, "user-list")) is not None:
        return answer
    by, found = request.user, UserList.of(request)
    page: Page[User] = Page.of(request, found.rows)
    managing = by.has(Right.MANAGE_USERS)
    context = {
        "page": page,
        "rows": [(user, account_look(user)) for user in page.rows],
        "found": found,
        "by_number": holds_number(found.term),
        "roles": Role.choices,
        "states": UserList.STATES.items() if managing else [("student", "学生")],
        "managing": managing,
        "may_create": policies.may_create_user(by),
        "may_export": policies.may_export(by),
        "may_import": policies.may_import(by),
    }
    return render(request, "orgs/users.html", context)


@for_right(Right.SEE_PEOPLE, Right.MANAGE_USERS)
@require_POST
def export_users(request: Signed) -> HttpResponseBase:
    """The filtered people as .xlsx with masked numbers; leaves an audit line."""
    found = UserList.of(request)
    people = list(found.rows)
    actions.export_list(subject="人员", rows=len(people), condition=found.spoken, by=request.user)
    return documents.user_list(people, managing=request.user.has(Right.MANAGE_USERS))


@for_right(Right.SEE_PEOPLE, Right.MANAGE_USERS)
@require_GET
def user(request: Signed, pk: int) -> HttpResponse:
    """One person, her number masked."""
    return _page(request, seen_user(request, pk))


@for_right(Right.SEE_PEOPLE, Right.MANAGE_USERS)
@require_POST
def show_number(request: Signed, pk: int) -> HttpResponse:
    """The same page with the whole number, for this view only; leaves an audit line."""
    person = seen_user(request, pk)
    return _page(request, person, number=actions.show_number(person, by=request.user))


def _page(request: Signed, person: User, number: str = "") -> HttpResponse:
    by = request.user
    people = User.objects.filter(pk=person.pk).prefetch_related(current_posts(by))
    person = people.get()
    managing = by.has(Right.MANAGE_USERS)
    posts = [
        (post, policies.may_take_post(by, post) if managing else None)
        for post in person.seen_posts  # type: ignore[attr-defined]
    ]
    former = Post.objects.filter(user=person).exclude(ended_at=None).select_related("unit")
    context = {
        "person": person,
        "look": account_look(person),
        "posts": posts,
        "former_posts": former.order_by("-ended_at")[:20] if managing else [],
        "students": Post.objects.current()
        .filter(supervised_by=person)
        .select_related("user", "unit"),
        "number": number,
        "may_see_number": policies.may_see_number(by, person),
        "managing": managing,
        "may_give": policies.may_manage_user(by, person),
        "holdings": _holdings(person) if managing else [],
        "acts": _acts(person, by) if managing else [],
        "may_invite": policies.may_invite(by, person),
    }
    return render(request, "orgs/user.html", context)


def _holdings(person: User) -> list[dict[str, Any]]:
    found = (
        (source.label, [source.name(row) for row in source.find(person)]) for source in holdings
    )
    return [{"label": label, "rows": rows} for label, rows in found if rows]


def _acts(person: User, by: User) -> list[dict[str, Any]]:
    switch = (
        ("停用", reverse("user-disable", args=[person.pk]), policies.may_disable_user(by, person))
        if person.is_active
        else (
            "恢复使用",
            reverse("user-enable", args=[person.pk]),
            policies.may_enable_user(by, person),
        )
    )
    leaving = policies.may_leave(by, person)
    return lines(
        ("离岗交接", reverse("user-leave", args=[person.pk]), leaving),
        ("修改", reverse("user-edit", args=[person.pk]), policies.may_edit_user(by, person)),
        switch,
    )


@for_right(Right.MANAGE_USERS)
@require_http_methods(["GET", "POST"])
def create_user(request: Signed) -> HttpResponse:
    """An account with its first post; then the slip."""
    by = request.user
    unit = request.GET.get("unit", "")
    initial = {"unit": int(unit)} if unit.isdecimal() and len(unit) < 12 else {}
    form = NewUserForm(request.POST or None, by=by, initial=initial)
    if request.method == "POST" and form.is_valid():
        verdict = policies.may_create_with_post(by, *_terms(form), **_student(form))
        if verdict:
            made = actions.create_user(
                form.person(form.cleaned_data["username"]),
                unit=form.cleaned_data["unit"],
                terms=form.terms(),
                by=by,
            )
            return redirect("user", made.pk)
        form.add_error(None, verdict.reason)
    return _form(request, form, "新建用户", None)


def _terms(form: PostForm) -> tuple[Unit, str]:
    return form.cleaned_data["unit"], form.cleaned_data["role"]


def _student(form: PostForm) -> dict[str, Any]:
    return {"student": form.cleaned_data["is_student"], "teacher": form.cleaned_data["teacher"]}


@for_right(Right.MANAGE_USERS)
@require_http_methods(["GET", "POST"])
def edit_user(request: Signed, pk: int) -> HttpResponse:
    """Name, mobile, e-mail."""
    person = managed_user(request, pk)
    verdict = policies.may_edit_user(request.user, person)
    form = EditPersonForm(request.POST or None, person=person)
    if request.method == "POST" and form.is_valid():
        actions.edit_user(person, form.person(person.username), by=request.user)
        return redirect("user", person.pk)
    return _form(request, form, "修改用户", person, verdict=verdict)


@for_right(Right.MANAGE_USERS)
@require_http_methods(["GET", "POST"])
def give_post(request: Signed, pk: int) -> HttpResponse:
    """One more post for a person."""
    person, by = managed_user(request, pk), request.user
    form = PostForm(request.POST or None, by=by)
    if request.method == "POST" and form.is_valid():
        verdict = policies.may_give_post(by, person, *_terms(form), **_student(form))
        if verdict:
            unit = form.cleaned_data["unit"]
            actions.give_post(person, unit=unit, terms=form.terms(), by=by)
            return redirect("user", person.pk)
        form.add_error(None, verdict.reason)
    verdict = policies.may_manage_user(by, person)
    return _form(request, form, "给岗位", person, verdict=verdict)


def _form(
    request: Signed, form: Any, heading: str, person: User | None, verdict: Any = None
) -> HttpResponse:
    context = {"form": form, "heading": heading, "person": person, "verdict": verdict}
    return render(request, "orgs/user_form.html", context, status=422 if form.errors else 200)


def _act_on(action: Callable[..., User]) -> Any:
    @for_right(Right.MANAGE_USERS)
    @require_POST
    def view(request: Signed, pk: int) -> HttpResponse:
        action(managed_user(request, pk), by=request.user)
        return redirect("user", pk)

    return view


disable_user = _act_on(actions.disable_user)
enable_user = _act_on(actions.enable_user)


@for_right(Right.MANAGE_USERS)
@require_POST
def take_post(request: Signed, pk: int) -> HttpResponse:
    """End a post."""
    mine = Post.objects.filter(user__in=User.objects.visible_to(request.user))
    post = visible_or_404(mine.select_related("user", "unit"), pk=pk)
    actions.take_post(post, by=request.user)
    return redirect("user", post.user_id)


@for_right(Right.MANAGE_USERS)
@require_http_methods(["GET", "POST"])
def change_teacher(request: Signed, pk: int) -> HttpResponse:
    """Another teacher for a student operator."""
    by = request.user
    mine = Post.objects.current().filter(is_student=True, user__in=User.objects.visible_to(by))
    post = visible_or_404(mine.select_related("user", "unit"), pk=pk)
    form = TeacherForm(request.POST or None, by=by)
    if request.method == "POST" and form.is_valid():
        teacher = form.cleaned_data["teacher"]
        if verdict := policies.may_change_teacher(by, post, teacher):
            actions.change_teacher(post, teacher, by=by)
            return redirect("user", post.user_id)
        form.add_error("teacher", verdict.reason)
    return _form(request, form, "换指导教师", post.user, policies.may_create_user(by, post.unit))
