from django.urls import path

from meice.notices import views

urlpatterns = [
    path("inbox/", views.inbox, name="inbox"),
    path("inbox/read/", views.notices_read, name="notices-read"),
    path("inbox/<int:pk>/open/", views.notice_open, name="notice-open"),
    path("inbox/<int:pk>/read/", views.notice_read, name="notice-read"),
]
