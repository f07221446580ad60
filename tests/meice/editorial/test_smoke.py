import pytest
from tests.meice.editorial import scene

pytestmark = pytest.mark.django_db


def test_through():
    school = scene.editorial_school()
    site = scene.with_site(school)
    m = scene.published(school, site)
    assert m.status == "published"
    print([e.label for e in m.events.all()])
    from meice.jobs.models import Job

    print(Job.objects.all())
