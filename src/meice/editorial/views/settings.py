"""审校设置: terms, chains, stand-ins."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from meice.editorial import policies
from meice.editorial.actions import terms
from meice.editorial.forms import ChainForm, StageSet, StandInForm, TermsForm
from meice.editorial.forms.settings import REVIEWING
from meice.editorial.models import Chain, ContentClass, StandIn
from meice.editorial.views.signed import person
from meice.editorial.workflow import CHAINS, TERMS, TermName
from meice.kernel.access import Refused, require
from meice.kernel.clock import now
from meice.kernel.http import visible_or_404
from meice.orgs.models import Post, Unit, User
from meice.orgs.roles import Right
from meice.registry.models import within


@login_required
@require_GET
def editorial_settings(request: HttpRequest) -> HttpResponse:
    """What holds; forms where she may set."""
    user = person(request)
    require(policies.may_see_settings(user))
    return _page(request, user)


def _page(request: HttpRequest, user: User, *, status: int = 200, **more: Any) -> HttpResponse:
    known = terms.all_terms()
    chain = _opened(request, user)
    context = {
        "terms": TermsForm(initial={name.value: number for name, number in known.items()}),
        "known": [(TERMS[name][0], known[name]) for name in TermName],
        "may_set": policies.may_set_terms(user),
        "may_chain": user.has(Right.DECIDE_BUSINESS),
        "chains": _chains(user),
        "defaults": [(ContentClass(key).label, plans) for key, plans in CHAINS.items()],
        "chain_form": _chain_form(user, chain),
        "stages": _stages(user, chain),
        "stand_ins": _stand_ins(user),
        "stand_in_form": _stand_in_form(user),
    }
    return render(request, "editorial/settings.html", context | more, status=status)


def _units(user: User) -> Any:
    reach = (*user.reach(Right.DECIDE_BUSINESS), *user.reach(Right.CONFIRM_BUSINESS))
    return Unit.objects.active().below(*reach)


def _chains(user: User) -> Any:
    reach = user.reach(Right.SEE_BUSINESS)
    rows = Chain.objects.select_related("unit", "set_by").prefetch_related("stages__unit")
    held = within(reach, "unit__path")
    return [
        (chain, policies.may_set_chain(user, chain.unit))
        for chain in rows.filter(held) | rows.filter(unit=None)
    ]


def _opened(request: HttpRequest, user: User) -> Chain | None:
    """The chain that is to be changed, if the address names one of hers."""
    given = request.GET.get("chain", "")
    if not (given.isascii() and given.isdecimal() and len(given) < 10):
        return None
    return next((one for one, may in _chains(user) if one.pk == int(given) and may), None)


def _chain_form(user: User, chain: Chain | None) -> ChainForm:
    initial = {"unit": chain.unit_id, "content_class": chain.content_class} if chain else {}
    return ChainForm(initial=initial, units=_units(user))


def _stages(user: User, chain: Chain | None) -> Any:
    """The rows of the form: the chain's, else those of the product for 一般稿件."""
    rows = (
        [
            {"name": s.name, "role": s.role, "unit": s.unit_id, "is_extra": s.is_extra}
            for s in chain.stages.all()
        ]
        if chain
        else [
            {"name": p.name, "role": p.role.value, "is_extra": p.is_extra}
            for p in CHAINS[ContentClass.GENERAL]
        ]
    )
    return StageSet(initial=rows, form_kwargs={"units": _every(user)}, prefix="stages")


def _every(user: User) -> Any:
    """A stage may lie with any unit of the same school."""
    top = user.post.unit.path[: Unit.steplen] if user.post else ""
    return Unit.objects.active().below(top) if top else Unit.objects.none()


def _stand_ins(user: User) -> Any:
    rows = StandIn.objects.filter(within(user.reach(Right.SEE_BUSINESS), "unit__path"))
    return [
        (one, policies.may_end_stand_in(user, one))
        for one in rows.select_related("person", "substitute", "unit", "set_by")[:50]
    ]


def _stand_in_form(user: User, data: Any = None) -> StandInForm:
    """Both from the units that she answers for."""
    posts = Post.objects.current().filter(
        unit__in=_units(user), role__in=REVIEWING, user__is_active=True
    )
    people = User.objects.filter(is_active=True, pk__in=posts.values("user"))
    return StandInForm(
        data,
        posts=posts.select_related("user", "unit").order_by("user__pinyin_key"),
        people=people.order_by("pinyin_key"),
    )


@login_required
@require_POST
def editorial_terms_set(request: HttpRequest) -> HttpResponse:
    """The terms."""
    user = person(request)
    require(policies.may_set_terms(user))
    form = TermsForm(request.POST)
    if not form.is_valid():
        return _page(request, user, status=422, terms=form)
    known = terms.all_terms()
    for name in TermName:
        number = int(form.cleaned_data[name.value])
        if number != known[name]:
            terms.set_term(name, number, by=user)
    return redirect("editorial-settings")


@login_required
@require_POST
def chain_set(request: HttpRequest) -> HttpResponse:
    """The stages of a chain in their order."""
    user = person(request)
    require(policies.may_set_chain(user) if not request.POST.get("unit") else _decides(user))
    form = ChainForm(request.POST, units=_units(user))
    stages = StageSet(request.POST, form_kwargs={"units": _every(user)}, prefix="stages")
    try:
        if not (form.is_valid() and stages.is_valid()):
            raise Refused("有一行没有填对，看下面的提示。")
        plans = [one.plan for one in stages.forms if one.plan]
        got = form.cleaned_data
        kind = ContentClass(got["content_class"])
        terms.set_chain(got["unit"], kind, plans, by=user, at=now())
    except Refused as refusal:
        more = {"chain_form": form, "stages": stages, "refusal": refusal.reason}
        return _page(request, user, status=422, **more)
    return redirect("editorial-settings")


def _decides(user: User) -> Any:
    return policies.may_set_chain(user, user.post.unit if user.post else None)


@login_required
@require_POST
def chain_drop(request: HttpRequest, pk: int) -> HttpResponse:
    """The next wider chain holds again."""
    user = person(request)
    require(policies.may_see_settings(user))
    chain = next((one for one, _ in _chains(user) if one.pk == pk), None)
    terms.drop_chain(chain or visible_or_404(Chain.objects.none(), pk=pk), by=user)
    return redirect("editorial-settings")


@login_required
@require_POST
def stand_in_add(request: HttpRequest) -> HttpResponse:
    """代审."""
    user = person(request)
    require(policies.may_see_settings(user))
    form = _stand_in_form(user, request.POST)
    if not form.is_valid():
        return _page(request, user, status=422, stand_in_form=form)
    got = form.cleaned_data
    try:
        terms.add_stand_in(
            got["post"], got["substitute"], got["first_on"], got["last_on"],
            reason=got["reason"], by=user, at=now(),
        )  # fmt: skip
    except Refused as refusal:
        form.add_error(None, refusal.reason)
        return _page(request, user, status=422, stand_in_form=form)
    return redirect("editorial-settings")


@login_required
@require_POST
def stand_in_end(request: HttpRequest, pk: int) -> HttpResponse:
    """Nobody stands in any more."""
    user = person(request)
    require(policies.may_see_settings(user))
    rows = StandIn.objects.filter(within(user.reach(Right.SEE_BUSINESS), "unit__path"))
    terms.end_stand_in(visible_or_404(rows.select_related("unit"), pk=pk), by=user)
    return redirect("editorial-settings")
