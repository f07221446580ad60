from django.urls import path

from meice.registry.actions import filings as deeds
from meice.registry.views import (
    entries,
    filings,
    governance,
    keeping,
    ledger,
    outlets,
    papers,
    settings,
)

STEPS: dict[str, filings.Deed] = {
    "submit": deeds.submit_filing,
    "present": deeds.present_filing,
    "attest": deeds.attest_filing,
    "check": deeds.check_filing,
    "confirm": deeds.confirm_filing,
    "transfer": deeds.transfer_filing,
    "receive": deeds.receive_filing,
    "claim": deeds.claim_filing,
    "release": deeds.release_filing,
    "withdraw": deeds.withdraw_filing,
}

urlpatterns = [
    path("outlets/", outlets.outlet_list, name="outlet-list"),
    path("outlets/new/", entries.outlet_new, name="outlet-new"),
    path("outlets/export/", papers.outlet_export, name="outlet-export"),
    path("outlets/select/", keeping.outlet_select, name="outlet-select"),
    path("lists/filters/save/", keeping.filter_save, name="filter-save"),
    path("lists/filters/<int:pk>/drop/", keeping.filter_drop, name="filter-drop"),
    path("outlets/exports/<int:pk>/", papers.ledger_export, name="ledger-export"),
    path("outlets/confirm/", outlets.outlet_confirm, name="outlet-confirm"),
    path("outlets/clusters/", governance.cluster_list, name="cluster-list"),
    path("outlets/clusters/plan/", governance.cluster_plan, name="cluster-plan"),
    path("outlets/exceptions/", governance.exception_list, name="exception-list"),
    path("outlets/exceptions/new/", governance.exception_new, name="exception-new"),
    path(
        "outlets/exceptions/<int:pk>/extend/", governance.exception_extend, name="exception-extend"
    ),
    path("outlets/import/", ledger.ledger_list, name="ledger-list"),
    path("outlets/import/<int:pk>/", ledger.ledger_intake, name="ledger-intake"),
    path("outlets/import/<int:pk>/map/", ledger.ledger_map, name="ledger-map"),
    path("outlets/import/<int:pk>/apply/", ledger.ledger_apply, name="ledger-apply"),
    path("outlets/import/<int:pk>/drop/", ledger.ledger_drop, name="ledger-drop"),
    path("outlets/import/<int:pk>/undo/", ledger.ledger_undo, name="ledger-undo"),
    path("outlets/<int:pk>/", outlets.outlet, name="outlet"),
    path("outlets/<int:pk>/change/", entries.outlet_change, name="outlet-change"),
    path("outlets/<int:pk>/cancel/", entries.outlet_cancel, name="outlet-cancel"),
    path("outlets/<int:pk>/numbers/", outlets.outlet_numbers, name="outlet-numbers"),
    path("outlets/<int:pk>/problems/", outlets.outlet_problems, name="outlet-problems"),
    path("outlets/<int:pk>/avatar/", papers.outlet_avatar, name="outlet-avatar"),
    path("filings/", filings.filing_list, name="filing-list"),
    path("filings/settings/", settings.filing_settings, name="filing-settings"),
    path("filings/settings/terms/", settings.terms_set, name="terms-set"),
    path("filings/settings/days/", settings.day_set, name="day-set"),
    path("filings/settings/days/<int:pk>/drop/", settings.day_drop, name="day-drop"),
    path("filings/settings/route/", settings.route_set, name="route-set"),
    path("filings/<int:pk>/", filings.filing, name="filing"),
    path("filings/<int:pk>/edit/", entries.filing_edit, name="filing-edit"),
    path("filings/<int:pk>/explain/", filings.filing_explain, name="filing-explain"),
    path("filings/<int:pk>/attach/", filings.filing_attach, name="filing-attach"),
    path("filings/<int:pk>/avatar/", filings.filing_avatar, name="filing-avatar"),
    path("filings/<int:pk>/scan/", papers.filing_scan, name="filing-scan"),
    path("filings/<int:pk>/print/", papers.filing_print, name="filing-print"),
    path("filings/<int:pk>/annex3/", papers.filing_annex3, name="filing-annex3"),
    path("filings/<int:pk>/accept/", filings.filing_accept, name="filing-accept"),
    path("filings/<int:pk>/return/", filings.filing_return, name="filing-return"),
    *(
        path(f"filings/<int:pk>/{name}/", filings.step_view(deed), name=f"filing-{name}")
        for name, deed in STEPS.items()
    ),
]
