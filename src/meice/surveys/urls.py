from django.urls import path

from meice.surveys import views

urlpatterns = [
    path("annexes/", views.home, name="annexes"),
    path("annexes/check/", views.check, name="annexes-check"),
    path("annexes/blank/", views.blanks, name="annexes-blank"),
    path("annexes/examples/<int:number>/", views.example, name="annexes-example"),
    path("annexes/<int:pk>/", views.result, name="annex-check"),
    path("annexes/<int:pk>/progress/", views.progress, name="annex-progress"),
    path("annexes/<int:pk>/recheck/", views.recheck, name="annex-recheck"),
    path("annexes/<int:pk>/delete/", views.delete, name="annex-delete"),
    path("annexes/<int:pk>/faults/", views.faults, name="annex-faults"),
    path("annexes/<int:pk>/faults/export/", views.export_faults, name="annex-faults-export"),
    path("annexes/<int:pk>/package/", views.package, name="annex-package"),
    path("annexes/<int:pk>/package/merge/", views.merge, name="annex-merge"),
    path(
        "annexes/<int:pk>/package/<int:package>/<str:part>/",
        views.download_package,
        name="annex-package-download",
    ),
    path("annexes/<int:pk>/forms/<int:form>/", views.form, name="annex-form"),
    path("annexes/<int:pk>/forms/<int:form>/unmask/", views.unmask, name="annex-unmask"),
    path("annexes/<int:pk>/forms/<int:form>/rewrite/", views.rewrite, name="annex-rewrite"),
    path("annexes/<int:pk>/uploads/<int:upload>/", views.download_upload, name="annex-upload"),
    path("submissions/<int:pk>/sheet/", views.sheet, name="sheet"),
    path("submissions/<int:pk>/sheet/settle/", views.settle, name="sheet-settle"),
    path("submissions/<int:pk>/sheet/settle-all/", views.settle_all, name="sheet-settle-all"),
    path("submissions/<int:pk>/sheet/<int:annex>/", views.sheet, name="sheet-annex"),
    path("submissions/<int:pk>/sheet/<int:annex>/save/", views.save_sheet, name="sheet-save"),
    path("submissions/<int:pk>/sheet/<int:annex>/state/", views.sheet_state, name="sheet-state"),
    path("submissions/<int:pk>/sheet/<int:annex>/rows/add/", views.add_row, name="sheet-row-add"),
    path(
        "submissions/<int:pk>/sheet/<int:annex>/rows/<uuid:row>/",
        views.edit_row,
        name="sheet-row",
    ),
    path(
        "submissions/<int:pk>/sheet/<int:annex>/rows/<uuid:row>/remove/",
        views.remove_row,
        name="sheet-row-remove",
    ),
]
