"""The unit tree: universities under a province, faculties and offices under a university."""

from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q, Value
from django.db.models.functions import Length, Substr
from treebeard.mp_tree import MP_Node, MP_NodeManager, MP_NodeQuerySet

from meice.orgs.roles import Right

if TYPE_CHECKING:
    from meice.orgs.models.user import User


class UnitKind(models.TextChoices):
    """What a unit is; decides nothing, groups lists and statistics."""

    AUTHORITY = "authority", "主管部门"
    UNIVERSITY = "university", "学校"
    FACULTY = "faculty", "学院"
    OFFICE = "office", "部处"
    INSTITUTE = "institute", "科研机构"
    ORGANISATION = "organisation", "群团组织"
    AFFILIATE = "affiliate", "直属单位"
    OTHER = "other", "其他"


class UnitQuerySet(MP_NodeQuerySet):  # type: ignore[misc]  # treebeard is untyped
    """Rows of the tree, in the tree's own order unless told otherwise."""

    def active(self) -> Self:
        """Units that still exist."""
        return self.filter(active=True)  # type: ignore[no-any-return]

    def below(self, *paths: str) -> Self:
        """Units whose path begins with one of `paths`; none when there is no path."""
        wanted = Q(pk__in=[])
        for path in paths:
            wanted |= Q(path__startswith=path)
        return self.filter(wanted)  # type: ignore[no-any-return]

    def visible_to(self, user: "User") -> Self:
        """Units of the subtree in which the person's chosen post may see people."""
        return self.below(*user.reach(Right.SEE_PEOPLE))

    def matching(self, term: str) -> Self:
        """Units by name, 简称, alias, full pinyin or initials."""
        bare = "".join(term.lower().split())
        if not bare:
            return self
        found: Self = self.filter(
            Q(name__icontains=bare)
            | Q(short_name__icontains=bare)
            | Q(aliases__icontains=bare)
            | Q(pinyin_key__contains=bare)
        )
        return found


class UnitManager(MP_NodeManager.from_queryset(UnitQuerySet)):  # type: ignore[misc]
    """Treebeard's manager over our QuerySet."""

    def get_queryset(self) -> UnitQuerySet:
        rows: UnitQuerySet = UnitQuerySet(self.model, using=self._db).order_by("path")
        return rows


class Unit(MP_Node):  # type: ignore[misc]
    """A node of the tree. `path` is treebeard's; a new node never moves its neighbours."""

    name = models.CharField("单位名称", max_length=100)
    short_name = models.CharField("简称", max_length=40, blank=True)
    aliases = models.TextField("别名", blank=True, help_text="一行一个")
    pinyin_key = models.CharField(max_length=600, editable=False, db_index=True)
    kind = models.CharField("类别", max_length=16, choices=UnitKind, default=UnitKind.OTHER)
    phone = models.CharField("办公电话", max_length=40, blank=True)
    active = models.BooleanField("在用", default=True)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = UnitManager()

    class Meta:
        verbose_name = "单位"
        constraints = [
            models.CheckConstraint(condition=~Q(name=""), name="unit_has_a_name"),
            models.UniqueConstraint(
                Substr("path", Value(1), Length("path") - Value(MP_Node.steplen)),
                "name",
                condition=Q(active=True),
                name="unit_name_once_among_active_siblings",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def called(self) -> str:
        """The 简称 where there is one."""
        return self.short_name or self.name

    @property
    def alias_list(self) -> list[str]:
        """Aliases, one each line of the column."""
        return [line.strip() for line in self.aliases.splitlines() if line.strip()]

    @property
    def parent(self) -> "Unit | None":
        """The unit above; None for the topmost."""
        above = self.path[: -self.steplen]
        return Unit.objects.filter(path=above).first() if above else None

    @property
    def ancestors(self) -> UnitQuerySet:
        """The units above, topmost first."""
        steps = range(self.steplen, len(self.path), self.steplen)
        return Unit.objects.filter(path__in=[self.path[:step] for step in steps])  # type: ignore[no-any-return]

    def covers(self, other: "Unit") -> bool:
        """True for itself and everything below."""
        return bool(other.path.startswith(self.path))


class FormerName(models.Model):
    """What a unit was called until a rename."""

    unit = models.ForeignKey(Unit, models.CASCADE, related_name="former_names")
    name = models.CharField(max_length=100)
    short_name = models.CharField(max_length=40, blank=True)
    until = models.DateTimeField()
    changed_by = models.CharField(max_length=60)

    class Meta:
        ordering = ["-until"]

    def __str__(self) -> str:
        return self.name
