"""People, their posts, their former passwords and their sessions."""

from typing import TYPE_CHECKING, Self

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.crypto import salted_hmac

from meice.orgs.models.unit import Unit
from meice.orgs.roles import APART, GRANTS, Right, Role

if TYPE_CHECKING:
    from django_stubs_ext.db.models.manager import RelatedManager

USERNAME_SHAPE = r"\A[0-9A-Za-z][0-9A-Za-z_.-]{1,31}\Z"
USERNAME = RegexValidator(USERNAME_SHAPE, "工号只用字母、数字、点、横线，2 至 32 位。")
MOBILE = RegexValidator(r"\A1[3-9][0-9]{9}\Z", "手机号应为 1 开头的 11 位数字。")


class UserQuerySet(models.QuerySet["User"]):
    """Sets of people."""

    def visible_to(self, user: "User") -> Self:
        """The person herself and people with a post in her reach.

        An admin also sees people without any post, and those whose former posts lay in reach.
        """
        held = Post.objects.current()
        wanted = Q(pk=user.pk) | Q(pk__in=held.below(*user.reach(Right.SEE_PEOPLE)).values("user"))
        managed = user.reach(Right.MANAGE_USERS)
        if managed:
            without = ~Q(pk__in=held.values("user"))
            here = Q(pk__in=Post.objects.below(*managed).values("user"))
            nowhere = ~Q(pk__in=Post.objects.values("user"))
            wanted |= without & (here | nowhere)
        return self.filter(wanted)

    def waiting(self) -> Self:
        """People who may sign in but have no password yet: they need an invitation."""
        return self.filter(is_active=True, password__startswith=UNUSABLE_PASSWORD_PREFIX)

    def in_use(self) -> Self:
        """People who may sign in and can."""
        return self.filter(is_active=True).exclude(password__startswith=UNUSABLE_PASSWORD_PREFIX)

    def matching(self, term: str) -> Self:
        """People by name, 工号, full pinyin, initials, or a whole mobile number."""
        bare = "".join(term.lower().split())
        if not bare:
            return self
        wanted = Q(name__icontains=bare) | Q(username__istartswith=bare)
        return self.filter(wanted | Q(pinyin_key__contains=bare) | Q(mobile=bare))


class UserManager(BaseUserManager["User"].from_queryset(UserQuerySet)):  # type: ignore[misc]
    """Finds a person by 工号 without regard to case."""

    def get_by_natural_key(self, username: str | None) -> "User":
        found: User = self.get(username__iexact=username or "")
        return found


class User(AbstractBaseUser):
    """A person who may sign in. Rights come from posts alone: no staff, no superuser."""

    username = models.CharField("工号", max_length=32, unique=True, validators=[USERNAME])
    name = models.CharField("姓名", max_length=60)
    pinyin_key = models.CharField(max_length=400, editable=False, db_index=True)
    mobile = models.CharField("手机", max_length=11, blank=True, validators=[MOBILE])
    email = models.EmailField("邮箱", blank=True)
    is_active = models.BooleanField("可登录", default=True)
    must_change_password = models.BooleanField(default=False)
    password_changed_at = models.DateTimeField(null=True, blank=True)
    session_round = models.PositiveIntegerField(default=0)
    uses_single_keys = models.BooleanField("单键快捷键", default=True)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = UserManager()
    posts: "RelatedManager[Post]"

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    class Meta:
        verbose_name = "用户"
        constraints = [
            models.CheckConstraint(condition=~Q(name=""), name="user_has_a_name"),
            models.UniqueConstraint(Lower("username"), name="username_once_in_any_case"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def post(self) -> "Post | None":
        """The post chosen for this session; outside a session the first current one."""
        if not hasattr(self, "_post"):
            self._post = self.current_posts().first() if self.is_active else None
        return self._post

    @post.setter
    def post(self, chosen: "Post | None") -> None:
        self._post = chosen

    @property
    def scope(self) -> tuple[object, ...]:
        """All of a person that `visible_to` looks at: she and her post, its role and its place."""
        post = self.post
        return (self.pk, *((post.pk, post.role, post.unit.path) if post else ()))

    def current_posts(self) -> "models.QuerySet[Post]":
        """Posts held now, with their units, oldest first."""
        return Post.objects.current().filter(user=self).select_related("unit").order_by("pk")

    def reach(self, right: Right | str) -> tuple[str, ...]:
        """Paths of the subtrees in which the chosen post gives `right`; empty: nowhere."""
        post = self.post
        held = post is not None and right in GRANTS[Role(post.role)]
        return (post.unit.path,) if held and post is not None else ()

    def has(self, right: Right | str, unit: Unit | None = None) -> bool:
        """True when the chosen post gives `right` over `unit` (over anything when None)."""
        return any(unit is None or unit.path.startswith(path) for path in self.reach(right))

    @property
    def decides_for_all(self) -> bool:
        """Her post decides over a whole school: what she sets holds for everybody in it."""
        at_root = self.post is not None and self.post.unit.depth == 1
        return at_root and self.has(Right.DECIDE_BUSINESS)

    def get_session_auth_hash(self) -> str:
        """Changes with the password and with `session_round`: either ends all sessions."""
        return self._session_hash()

    def get_session_auth_fallback_hash(self):  # type: ignore[no-untyped-def]
        """No old secret keys are honoured."""
        return iter(())

    def _session_hash(self) -> str:
        value = f"{self.password}:{self.session_round}"
        return salted_hmac("meice.orgs.session", value, algorithm="sha256").hexdigest()


class PostQuerySet(models.QuerySet["Post"]):
    """Sets of posts."""

    def current(self) -> Self:
        """Posts that have not ended, of units that are in use."""
        return self.filter(ended_at=None, unit__active=True)

    def below(self, *paths: str) -> Self:
        """Posts of units whose path begins with one of `paths`."""
        wanted = Q(pk__in=[])
        for path in paths:
            wanted |= Q(unit__path__startswith=path)
        return self.filter(wanted)


class Post(models.Model):
    """A person's role in a unit, from a moment on until `ended_at`."""

    user = models.ForeignKey(User, models.PROTECT, related_name="posts", verbose_name="用户")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="posts", verbose_name="单位")
    role = models.CharField("角色", max_length=12, choices=Role)
    is_permanent = models.BooleanField("在编", default=True)
    is_student = models.BooleanField("学生", default=False)
    supervised_by = models.ForeignKey(
        User, models.PROTECT, related_name="+", null=True, blank=True, verbose_name="指导教师"
    )
    given_at = models.DateTimeField(auto_now_add=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = PostQuerySet.as_manager()

    class Meta:
        verbose_name = "岗位"
        constraints = [
            models.CheckConstraint(condition=Q(role__in=Role.values), name="post_role_is_known"),
            models.CheckConstraint(
                condition=Q(is_student=False)
                | Q(role=Role.OPERATOR, is_permanent=False, supervised_by__isnull=False),
                name="student_only_operates_under_a_teacher",
            ),
            models.CheckConstraint(
                condition=Q(supervised_by__isnull=True) | ~Q(supervised_by=models.F("user")),
                name="nobody_supervises_herself",
            ),
            models.UniqueConstraint(
                fields=["user", "unit", "role"],
                condition=Q(ended_at=None),
                name="post_held_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.unit.called} · {self.get_role_display()}"

    @property
    def is_apart(self) -> bool:
        """One of the three administrations that nobody holds together."""
        return self.role in APART


class FormerPassword(models.Model):
    """A hash that was in use, kept so that the last five are not taken again."""

    user = models.ForeignKey(User, models.CASCADE, related_name="former_passwords")
    password = models.CharField(max_length=128)
    set_at = models.DateTimeField()

    class Meta:
        ordering = ["-set_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.user_id} {self.set_at:%Y-%m-%d}"


class SignedIn(models.Model):
    """One session of one person: where from, last seen when, ended when."""

    user = models.ForeignKey(User, models.CASCADE, related_name="sessions")
    address = models.GenericIPAddressField(null=True, blank=True)
    agent = models.CharField(max_length=200, blank=True)
    started_at = models.DateTimeField()
    seen_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-seen_at"]
        indexes = [models.Index(fields=["user", "ended_at"])]

    def __str__(self) -> str:
        return f"{self.user_id} {self.started_at:%Y-%m-%d %H:%M}"
