"""A manuscript as it is typed: text, declarations, files. What is typed comes back with the page."""

from collections.abc import Iterable
from typing import Any
from urllib.parse import urlsplit

from django import forms
from django.db.models import Q
from django.forms import BoundField

from meice.editorial.actions.writing import Enclosure, Written
from meice.editorial.models import (
    Attachment,
    ContentClass,
    ContentForm,
    Intelligence,
    Lane,
    Minors,
    Origin,
    Revision,
    Secret,
)
from meice.editorial.models.revision import LONGEST_BODY
from meice.files.models import StoredFile
from meice.orgs.models import Unit
from meice.rectification.forms.reply import ManyFiles, ManyFilesField
from meice.registry.models import Outlet
from meice.web.fields import MomentField, UnitsSelect

BAD_LINK = "链接写成 https://… 的样子；没有就留空。"
FACTS = (
    "title", "body", "form", "content_class", "lane", "origin", "original_title", "source_name",
    "source_url", "contributors", "impact", "picture_licence", "music_licence", "intelligence",
    "people", "minors", "is_self_checked", "planned_at",
)  # fmt: skip


def outlets_for(unit: Unit) -> Any:
    """Where a unit may publish: its own outlets, those below it, and those of the units above."""
    above = [unit.path[:end] for end in range(Unit.steplen, len(unit.path), Unit.steplen)]
    near = Q(unit_path__startswith=unit.path) | Q(unit_path__in=above)
    return Outlet.objects.active().filter(near, publishes=True).order_by("pinyin_key", "pk")


class OutletsField(forms.ModelMultipleChoiceField[Outlet]):
    """Outlets with their platform."""

    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.name}（{obj.platform_name}）"


class ManuscriptForm(forms.Form):
    """The whole revision. `kept` are the files of the revision it goes on from."""

    base = forms.IntegerField(required=False, widget=forms.HiddenInput)
    title = forms.CharField(label="标题", max_length=200)
    body = forms.CharField(
        label="正文", max_length=LONGEST_BODY, required=False, strip=False,
        widget=forms.Textarea({"rows": 22, "spellcheck": "false"}),
        help_text="一行一段；行首写「# 」是小标题，「> 」是引文。只传音视频的稿件，这里写脚本或解说词",
    )  # fmt: skip
    form = forms.ChoiceField(label="内容形式", choices=ContentForm.choices)
    content_class = forms.ChoiceField(
        label="稿件类别", choices=ContentClass.choices,
        help_text="重要稿件加宣传部审，敏感稿件再加保密审查",
    )  # fmt: skip
    lane = forms.ChoiceField(
        label="缓急", choices=Lane.choices, help_text="急稿期限短，各环节同时通知，签字一个不少"
    )
    origin = forms.ChoiceField(label="原创或转载", choices=Origin.choices)
    original_title = forms.CharField(
        label="原标题", max_length=200, required=False, help_text="转载必填，不得歪曲原意"
    )
    source_name = forms.CharField(label="来源名称", max_length=100, required=False)
    source_url = forms.CharField(
        label="来源链接", max_length=500, required=False,
        widget=forms.URLInput({"placeholder": "https://"}),
    )  # fmt: skip
    contributors = forms.CharField(label="供稿、供图", max_length=200, required=False)
    impact = forms.CharField(
        label="社会影响预判", max_length=500, required=False, widget=forms.Textarea({"rows": 2}),
        help_text="重要稿件和敏感稿件必填：可能引起什么议论，怎么应对",
    )  # fmt: skip
    picture_licence = forms.CharField(
        label="图片授权",
        max_length=300,
        required=False,
        help_text="自摄、供图人授权、图库编号；没有图片写无",
    )
    music_licence = forms.CharField(label="音乐、字体、视频授权", max_length=300, required=False)
    intelligence = forms.ChoiceField(label="AI 声明", choices=Intelligence.choices)
    people = forms.CharField(
        label="涉及人员", max_length=300, required=False, help_text="姓名和是否同意出镜"
    )
    minors = forms.ChoiceField(label="未成年人", choices=Minors.choices)
    secrets = forms.MultipleChoiceField(
        label="保密自查：涉及的打勾", choices=Secret.choices, required=False,
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    is_self_checked = forms.BooleanField(label="五项我都查过，没有打勾的都不涉及", required=False)
    outlets = OutletsField(
        Outlet.objects.none(), label="拟发账号", required=False, widget=UnitsSelect({"size": 5})
    )
    planned_at = MomentField(label="拟发时间", required=False)
    added = ManyFilesField(
        label="加附件", required=False, widget=ManyFiles({"multiple": True}),
        help_text="图片、文档、音视频，可多选，每个 20 MB 以内；存稿后在这里逐个写授权",
    )  # fmt: skip

    use_required_attribute = False

    def __init__(
        self, data: Any = None, files: Any = None, *, unit: Unit, revision: Revision | None = None
    ) -> None:
        kept = list(revision.attachments.select_related("file")) if revision else []
        super().__init__(data, files, initial=_initial(revision))
        self.fields["outlets"].queryset = outlets_for(unit)  # type: ignore[attr-defined]
        self.kept = kept
        for one in kept:
            self._add_file(one)

    def _add_file(self, one: Attachment) -> None:
        self.fields[f"licence-{one.pk}"] = forms.CharField(
            label="授权", max_length=200, required=False, initial=one.licence
        )
        self.fields[f"people-{one.pk}"] = forms.CharField(
            label="人物", max_length=200, required=False, initial=one.people
        )
        self.fields[f"ai-{one.pk}"] = forms.BooleanField(
            label="AI 生成", required=False, initial=one.is_generated
        )
        self.fields[f"drop-{one.pk}"] = forms.BooleanField(label="去掉", required=False)

    def clean(self) -> dict[str, Any]:
        """Links are http(s): they are shown to people, and nothing here opens them."""
        found: dict[str, Any] = super().clean() or {}
        link = found.get("source_url", "")
        if link and not is_web_page(link):
            self.add_error("source_url", BAD_LINK)
        return found

    @property
    def rows(self) -> list[tuple[Attachment, list[BoundField]]]:
        """Each kept file with its fields."""
        names = ("licence", "people", "ai", "drop")
        return [(one, [self[f"{name}-{one.pk}"] for name in names]) for one in self.kept]

    def written(self, added: Iterable[StoredFile] = ()) -> Written:
        """What was typed, of valid input; `added` are the new files, kept already."""
        got = self.cleaned_data
        files = [
            Enclosure(
                one.file, got[f"licence-{one.pk}"], got[f"people-{one.pk}"], got[f"ai-{one.pk}"]
            )
            for one in self.kept
            if not got[f"drop-{one.pk}"]
        ]
        return Written(
            **{name: got[name] for name in FACTS},
            secrets=tuple(got["secrets"]),
            outlets=tuple(got["outlets"]),
            files=(*files, *(Enclosure(stored) for stored in added)),
        )


def _initial(revision: Revision | None) -> dict[str, Any]:
    if revision is None:
        return {}
    found = {name: getattr(revision, name) for name in FACTS}
    outlets = [one["id"] for one in revision.outlets]
    return found | {"base": revision.number, "secrets": revision.secrets, "outlets": outlets}


def is_web_page(link: str) -> bool:
    """An http(s) address with a host."""
    try:
        parts = urlsplit(link)
        return parts.scheme in ("http", "https") and bool(parts.hostname)
    except ValueError:
        return False
