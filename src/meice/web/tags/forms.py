"""Django forms in Meice's clothes: label above, 必填, hint, error with icon, summary."""

from typing import Any

from django.forms import (
    BaseForm,
    CheckboxInput,
    CheckboxSelectMultiple,
    ClearableFileInput,
    Field,
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
    described = [
        bound.id_for_label + end
        for end, present in (("_hint", bound.help_text), ("_error", bound.errors))
        if present
    ]
    found: dict[str, Any] = {"class": classes} if classes else {}
    if described and kind != "choices":
        found["aria-describedby"] = " ".join(described)
    if bound.errors and kind != "choices":
        found["aria-invalid"] = "true"
    return found


def _complaints(bound: BoundField) -> list[str]:
    """The sentences under a field; Django's own words for an empty one are replaced by ours."""
    verb = "选" if isinstance(bound.field.widget, Select | RadioSelect) else "填"
    if isinstance(bound.field.widget, CheckboxInput):
        verb = "勾选"
    stock = str(Field.default_error_messages["required"])
    return [text if text != stock else f"还没有{verb}。" for text in map(str, bound.errors)]


@register.inclusion_tag("web/_field.html")
def field(bound: BoundField) -> dict[str, Any]:
    """One field of a form."""
    kind = _kind(bound)
    control: SafeString | None = None
    if kind != "choices":
        control = bound.as_widget(attrs=_attributes(bound, kind))
    return {
        "bound": bound,
        "kind": kind,
        "control": control,
        "id": bound.id_for_label or bound.auto_id,
        "complaints": _complaints(bound),
    }


@register.inclusion_tag("web/_fields.html")
def fields(form: BaseForm) -> dict[str, Any]:
    """All visible fields of a form in order, and its hidden ones."""
    return {"form": form}


@register.inclusion_tag("web/_problems.html")
def problems(form: BaseForm) -> dict[str, Any]:
    """The summary of errors with links to the fields; takes the focus after a failed submit."""
    wrong = [
        {"bound": b, "id": b.id_for_label or b.auto_id, "text": _complaints(b)[0]}
        for b in form.visible_fields()
        if b.errors
    ]
    return {"form": form, "wrong": wrong, "count": len(wrong)}
