"""One line of the right matrix, and the ways to write many of them."""

from dataclasses import dataclass

from meice.orgs.roles import Role

ALL = frozenset(Role)
DEPARTMENT = frozenset({Role.DEPARTMENT})
AUDITOR = frozenset({Role.AUDITOR})
NOBODY: frozenset[Role] = frozenset()


@dataclass(frozen=True)
class Row:
    """One line of the table."""

    name: str
    method: str
    who: frozenset[Role]
    at: str = ""
    otherwise: int = 404
    blind: frozenset[Role] = frozenset()

    def refusal(self, role):
        """What somebody gets who may not: 404 at least where the whole page is not hers."""
        return 404 if role in self.blind else self.otherwise

    @property
    def label(self):
        return "-".join(part for part in (self.method, self.name, self.at) if part)


def get(name, who, at="", otherwise=404, blind=NOBODY):
    return [Row(name, "get", who, at, otherwise, blind)]


def post(name, who, at="", otherwise=404, blind=NOBODY):
    """An act: and nobody reaches it by GET, which is checked apart."""
    return [Row(name, "post", who, at, otherwise, blind)]


def both(name, who, at="", otherwise=404, blind=NOBODY):
    """The page with the form, and the form sent."""
    return [*get(name, who, at, otherwise, blind), *post(name, who, at, otherwise, blind)]


def reach(make, name, who, whole, otherwise=404):
    """A row for an object near and one for an object far away."""
    return [*make(name, who, "near", otherwise), *make(name, whole, "far", otherwise)]


def owned(make, name):
    """Whoever it belongs to, and nobody else."""
    return [*make(name, ALL, "own"), *make(name, NOBODY, "others")]


def seen(make, name, who, sees, at=""):
    """`who` may, the others who see the thing are told why not, for the rest it is not there."""
    return make(name, who, at, 403, ALL - sees)
