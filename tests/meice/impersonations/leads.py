"""Leads as discovery makes them."""

from tests.meice.impersonations.scene import MONDAY

from meice.inspections.actions.leads import Seen, note_seen
from meice.inspections.discovery.likeness import likeness_of
from meice.inspections.models import Lead, SeenIn


def a_lead(school, name, identifier, *, platform="wechat", at=MONDAY):
    """One result of a search, noted as the import of search results does."""
    seen = Seen(
        platform,
        identifier,
        "搜索：华园大学",
        name=name,
        likeness=likeness_of(name, ["华园大学", "华园"]),
    )
    note_seen([seen], seen_in=SeenIn.SEARCH, unit=school.university, at=at)
    return Lead.objects.get(platform=platform, identifier=identifier)
