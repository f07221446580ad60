"""What a person types about units, people, posts and passwords."""

import re
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from django import forms
from django.contrib.auth import authenticate
from django.core.exceptions import ValidationError
from django.db.models.functions import Length, Substr
from django.http import HttpRequest

from meice.engines.marks import mask_mobile, mobile_digits
from meice.orgs.actions.people import Person, PostTerms
from meice.orgs.actions.units import UnitFacts
from meice.orgs.models import USERNAME, Unit, UnitKind, User
from meice.orgs.roles import Right, Role
from meice.orgs.signin import passwords
from meice.orgs.signin.brake import tries

NAME = {"class": "m-w-name"}
PHONE = {"class": "m-w-phone"}
LONG_DIGITS = re.compile(r"[0-9０-９]{7,}")


def squeezed(text: str) -> str:
    """Runs of white space become one blank, ends trimmed."""
    return " ".join(text.split())


class UnitField(forms.ModelChoiceField):  # type: ignore[type-arg]  # generic for mypy only
    """A unit of the tree, shown with its depth."""

    default_error_messages = {"invalid_choice": "没有这个单位，或者它不归你管。"}

    def label_from_instance(self, unit: Any) -> str:
        return f"{'　' * (unit.depth - 1)}{unit.name}"


class UnitForm(forms.Form):
    """Names, kind and telephone of a unit below `parent`."""

    name = forms.CharField(label="单位名称", max_length=100)
    short_name = forms.CharField(
        label="简称", max_length=40, required=False, help_text="列表和编号里用，例如「数信学院」。"
    )
    aliases = forms.CharField(
        label="别名",
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="一行一个。别人报来的表里写的是这些名字时，也认得是它。",
    )
    kind = forms.ChoiceField(label="类别", choices=UnitKind.choices)
    phone = forms.CharField(
        label="办公电话", max_length=40, required=False, widget=forms.TextInput(attrs=PHONE)
    )

    def __init__(self, *args: Any, parent: Unit | None, unit: Unit | None = None, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.parent, self.unit = parent, unit

    def clean_name(self) -> str:
        """No active sibling of this name."""
        name = squeezed(self.cleaned_data["name"])
        siblings = siblings_of(self.parent)
        if self.unit is not None:
            siblings = siblings.exclude(pk=self.unit.pk)
        if siblings.filter(name=name).exists():
            raise ValidationError(f"「{self.parent or '最上级'}」下面已有「{name}」。")
        return name

    def clean_aliases(self) -> str:
        """One a line, none twice."""
        lines = (squeezed(line) for line in self.cleaned_data["aliases"].splitlines())
        return "\n".join(dict.fromkeys(line for line in lines if line))

    def facts(self) -> UnitFacts:
        """What was typed."""
        given = self.cleaned_data
        return UnitFacts(
            given["name"],
            squeezed(given["short_name"]),
            given["aliases"],
            given["kind"],
            given["phone"],
        )


def siblings_of(parent: Unit | None) -> Any:
    """The active children of `parent` (roots for None)."""
    above = parent.path if parent else ""
    found = Unit.objects.active().annotate(up=Substr("path", 1, Length("path") - Unit.steplen))
    return found.filter(up=above)


class MoveForm(forms.Form):
    """Under which unit."""

    target = UnitField(
        label="移到哪个单位下面", queryset=Unit.objects.none(), empty_label="选一个单位"
    )

    def __init__(self, *args: Any, unit: Unit, by: User, **kwargs: Any):
        super().__init__(*args, **kwargs)
        here = Unit.objects.active().below(*by.reach(Right.MANAGE_UNITS))
        self.fields["target"].queryset = here.exclude(path__startswith=unit.path)  # type: ignore[attr-defined]


class PersonForm(forms.Form):
    """Name and ways to reach a person."""

    name = forms.CharField(label="姓名", max_length=60, widget=forms.TextInput(attrs=NAME))
    mobile = forms.CharField(
        label="手机",
        required=False,
        max_length=20,
        widget=forms.TextInput(attrs={**PHONE, "inputmode": "tel", "autocomplete": "off"}),
        help_text="11 位；列表里只显示前 3 位和后 4 位。",
    )
    email = forms.EmailField(label="邮箱", required=False, max_length=254)

    def clean_name(self) -> str:
        """Trimmed; no blank inside a Chinese name."""
        name = squeezed(self.cleaned_data["name"])
        return name if name.isascii() else name.replace(" ", "")

    def clean_mobile(self) -> str:
        """Eleven digits, however they were grouped."""
        typed = self.cleaned_data["mobile"]
        digits = mobile_digits(typed) if typed else ""
        if digits is None:
            raise ValidationError("手机号应为 1 开头的 11 位数字。")
        return digits

    def person(self, username: str) -> Person:
        """What was typed, for the account of `username`."""
        given = self.cleaned_data
        return Person(username, given["name"], given["mobile"], given["email"])


class EditPersonForm(PersonForm):
    """The same of a person who is known: the number is not shown, so a blank keeps it."""

    no_mobile = forms.BooleanField(label="删去原来的手机号", required=False)
    field_order = ["name", "mobile", "no_mobile", "email"]

    def __init__(self, *args: Any, person: User, **kwargs: Any):
        known = {"name": person.name, "email": person.email}
        super().__init__(*args, **{**kwargs, "initial": known})
        self.known = person
        if person.mobile:
            self.fields["mobile"].help_text = f"现在是 {mask_mobile(person.mobile)}，空着就不改。"
        else:
            del self.fields["no_mobile"]

    def person(self, username: str) -> Person:
        """What was typed; the known number where none was typed."""
        typed = super().person(username)
        gone = self.cleaned_data.get("no_mobile")
        return replace(typed, mobile=typed.mobile or ("" if gone else self.known.mobile))


class PostForm(forms.Form):
    """A role in a unit and its terms."""

    unit = UnitField(label="单位", queryset=Unit.objects.none(), empty_label="选一个单位")
    role = forms.ChoiceField(label="角色", choices=[("", "选一个角色"), *Role.choices])
    is_permanent = forms.BooleanField(label="在编", required=False, initial=True)
    is_student = forms.BooleanField(
        label="学生", required=False, help_text="学生只能担任运维，并须有一位具名教师指导。"
    )
    teacher = forms.CharField(
        label="指导教师工号",
        required=False,
        max_length=32,
        widget=forms.TextInput(attrs=NAME),
        help_text="只有学生才填。",
    )

    def __init__(self, *args: Any, by: User, **kwargs: Any):
        super().__init__(*args, **kwargs)
        here = Unit.objects.active().below(*by.reach(Right.MANAGE_USERS))
        self.fields["unit"].queryset = here  # type: ignore[attr-defined]
        self.by = by

    def clean_teacher(self) -> User | None:
        """The person of this 工号; None for a blank."""
        return person_called(self.cleaned_data["teacher"].strip(), self.by)

    def terms(self) -> PostTerms:
        """What was typed."""
        given = self.cleaned_data
        student = given["is_student"]
        permanent = given["is_permanent"] and not student
        return PostTerms(given["role"], permanent, student, given["teacher"])


def person_called(typed: str, by: User) -> User | None:
    """The person of a 工号, of those that `by` may see; None for a blank."""
    if not typed:
        return None
    found = User.objects.visible_to(by).filter(username__iexact=typed).first()
    if found is None:
        raise ValidationError(f"没有工号为「{typed}」的人。")
    return found  # type: ignore[no-any-return]


class TeacherForm(forms.Form):
    """Under which teacher a student goes on."""

    teacher = forms.CharField(
        label="指导教师工号", max_length=32, widget=forms.TextInput(attrs=NAME)
    )

    def __init__(self, *args: Any, by: User, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.by = by

    def clean_teacher(self) -> User | None:
        """The person of this 工号."""
        return person_called(self.cleaned_data["teacher"].strip(), self.by)


class NewUserForm(PostForm, PersonForm):
    """An account with its first post."""

    username = forms.CharField(
        label="工号",
        max_length=32,
        validators=[USERNAME],
        widget=forms.TextInput(attrs={**NAME, "autocomplete": "off"}),
        help_text="登录时用，以后不能改。",
    )
    field_order = ["username", "name", "mobile", "email", "unit", "role"]

    def clean_username(self) -> str:
        """Nobody else's, in any case."""
        username: str = self.cleaned_data["username"]
        if User.objects.filter(username__iexact=username).exists():
            raise ValidationError(f"工号「{username}」已经有账号。")
        return username


class NewPasswordForm(forms.Form):
    """A password typed twice, held against the rules."""

    new = forms.CharField(
        label="新口令",
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    again = forms.CharField(
        label="再输一次",
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.user = user
        self.fields["new"].help_text = passwords.policy().hint()

    def clean_new(self) -> str:
        """Every fault at once."""
        new: str = self.cleaned_data["new"]
        if wrong := passwords.faults(new, self.user):
            raise ValidationError(wrong)
        return new

    def clean(self) -> dict[str, Any]:
        """Both the same."""
        given = super().clean() or {}
        if "new" in given and given.get("again") != given["new"]:
            self.add_error("again", "两次输入的口令不一样。")
        return given


class ChangePasswordForm(NewPasswordForm):
    """The same, by one who knows the present password."""

    old = forms.CharField(
        label="现在的口令",
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )
    field_order = ["old", "new", "again"]

    def __init__(self, *args: Any, request: HttpRequest, user: User, **kwargs: Any):
        super().__init__(*args, user=user, **kwargs)
        self.request = request

    def clean_old(self) -> str:
        """The present one; wrong tries count as at the door, so that it cannot be guessed here."""
        old: str = self.cleaned_data["old"]
        name = self.user.username.lower()
        if (before := tries(self.request, name)).shut:
            raise ValidationError(f"试错太多次，{before.minutes} 分钟后再试。")
        if authenticate(self.request, username=name, password=old) is None:
            left = tries(self.request, name).left
            raise ValidationError(f"现在的口令不对，还可再试 {left} 次。")
        return old


class UploadForm(forms.Form):
    """A sheet of units or people."""

    file = forms.FileField(
        label="电子表格", help_text=".xlsx 或 .xls，第一行（或前几行里）有列名；不超过 20 MB。"
    )


def holds_number(term: str) -> bool:
    """True for a search term that may be a telephone number: it never goes into a URL."""
    return bool(LONG_DIGITS.search("".join(term.split()).replace("-", "")))


def errors_of(form: forms.Form) -> Iterable[str]:
    """All sentences of a form's errors."""
    return (str(message) for messages in form.errors.values() for message in messages)
