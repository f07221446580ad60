"""Django forms in Meice's clothes: label above, 必填, hint, error with icon, summary."""

from typing import Any

from django.forms import (
    BaseForm,
    CheckboxInput,
    CheckboxSelectMultiple,
    ClearableFileInput,
    FileInput,
    RadioSelect,
    Select,
)
from django.forms.boundfield import BoundField
from django.template import Library
from django.utils.safestring import SafeString

register = Library()


def _kind(bound: BoundField) -> str:
    """check, choices, file, or plain: which of the four layouts the widget needs."""
    widget = bound.field.widget
    if isinstance(widget, CheckboxInput):
        return "check"
    if isinstance(widget, RadioSelect | CheckboxSelectMultiple):
        return "choices"
    if isinstance(widget, FileInput | ClearableFileInput):
        return "file"
    return "plain"


def _attributes(bound: BoundField, kind: str) -> dict[str, Any]:
    """Class and aria attributes of the control itself."""
    given = str(bound.field.widget.attrs.get("class", ""))
    own = "m-select" if isinstance(bound.field.widget, Select) else "m-input"
    classes = f"{own} {given}".strip() if kind == "plain" else given
    described = [bound.id_for_label + end for end, present in (
        ("_hint", bound.help_text), ("_error", bound.errors)) if present]
    found: dict[str, Any] = {"class": classes} if classes else {}
    if described and kind != "choices":
        found["aria-describedby"] = " ".join(described)
    if bound.errors and kind != "choices":
        found["aria-invalid"] = "true"
    return found


@register.inclusion_tag("web/_field.html")
def field(bound: BoundField) -> dict[str, Any]:
    """One field of a form."""
    kind = _kind(bound)
    control: SafeString | None = None
    if kind != "choices":
        control = bound.as_widget(attrs=_attributes(bound, kind))
    return {"bound": bound, "kind": kind, "control": control, "id": bound.id_for_label}


@register.inclusion_tag("web/_fields.html")
def fields(form: BaseForm) -> dict[str, Any]:
    """All visible fields of a form in order, and its hidden ones."""
    return {"form": form}


@register.inclusion_tag("web/_problems.html")
def problems(form: BaseForm) -> dict[str, Any]:
    """The summary of errors with links to the fields; takes the focus after a failed submit."""
    wrong = [bound for bound in form.visible_fields() if bound.errors]
    return {"form": form, "wrong": wrong, "count": len(wrong)}
