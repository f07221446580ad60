"""消息: one's own inbox."""

from datetime import datetime

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.dateparse import parse_datetime
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from meice.kernel.clock import now
from meice.kernel.http import Page, redirect_back, visible_or_404
from meice.notices import actions
from meice.notices.models import Notice


@never_cache
@login_required
@require_GET
def inbox(request: HttpRequest) -> HttpResponse:
    """What came, newest first; `?show=unread` leaves out what was seen."""
    mine = Notice.objects.visible_to(request.user)
    is_filtered = request.GET.get("show") == "unread"
    context = {
        "page": Page.of(request, mine.unread() if is_filtered else mine.all()),
        "unread": mine.unread().count(),
        "is_filtered": is_filtered,
        "seen_at": now().isoformat(),
    }
    return render(request, "notices/inbox.html", context)


@login_required
@require_POST
def notice_open(request: HttpRequest, pk: int) -> HttpResponse:
    """Mark as read and go where the notice leads."""
    notice = visible_or_404(Notice.objects.visible_to(request.user), pk=pk)
    actions.mark_read(notice, by=request.user)
    return redirect(notice.url or "inbox")


@login_required
@require_POST
def notice_read(request: HttpRequest, pk: int) -> HttpResponse:
    """Mark as read and stay in the list."""
    notice = visible_or_404(Notice.objects.visible_to(request.user), pk=pk)
    actions.mark_read(notice, by=request.user)
    return redirect_back(request, "inbox")


@login_required
@require_POST
def notices_read(request: HttpRequest) -> HttpResponse:
    """Mark as read everything that had come when the list was shown."""
    shown = _moment(request.POST.get("seen_at", ""))
    actions.mark_all_read(by=request.user, until=min(shown, now()) if shown else now())
    return redirect("inbox")


def _moment(text: str) -> datetime | None:
    """The time the form carries; None when somebody has written something else there."""
    try:
        moment = parse_datetime(text)
    except ValueError:
        return None
    return moment if moment and moment.tzinfo else None
