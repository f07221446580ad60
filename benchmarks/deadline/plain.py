"""The contender: what a plain Django form application does with an uploaded package.

One table, one ModelForm with a file, one redirect: no lock, no key, no audit, no receipt's hash.
"""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.contrib.auth.decorators import login_required
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect


class Delivery(models.Model):
    """A package as it was uploaded."""

    unit = models.CharField(max_length=100)
    sent_by = models.CharField(max_length=60)
    package = models.FileField(upload_to="plain/")
    sent_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        app_label = "surveys"
        db_table = "benchmark_plain_delivery"

    def __str__(self) -> str:
        return self.unit


class DeliveryForm(forms.ModelForm):
    """The form as the documentation shows it."""

    class Meta:
        model = Delivery
        fields: ClassVar = ["unit", "sent_by", "package"]


@login_required
def deliver(request: HttpRequest) -> HttpResponse:
    """Validate, save, redirect."""
    form: Any = DeliveryForm(request.POST, request.FILES)
    if not form.is_valid():
        return HttpResponse(status=422)
    form.save()
    return redirect("/")
