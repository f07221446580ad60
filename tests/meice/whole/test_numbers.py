"""Mobile numbers: masked in every list, in no address, in no log; a line for every one shown."""

import logging
import uuid
from io import BytesIO

import pytest
from django.urls import reverse
from tests.answers import body
from tests.conftest import PASSWORD
from tests.meice.surveys.conftest import basic_form, row
from tests.meice.whole.test_every_page import WHOLE_NUMBER

from meice.audit.models import Entry
from meice.engines.annexes.write import write_workbook
from meice.jobs.worker import drain
from meice.surveys.models import AnnexCheck

pytestmark = pytest.mark.django_db


def test_a_journey_leaves_no_number_in_logs_or_addresses(cast, client, caplog):
    caplog.set_level(logging.DEBUG)
    asked = []

    def go(method, path, data=None):
        response = getattr(client, method)(path, data or {}, follow=True)
        asked.extend([path, *(address for address, _ in response.redirect_chain)])
        return response

    go("post", "/sign-in/", {"username": cast.he.username, "password": PASSWORD})
    go("post", "/search/", {"q": "13800000003"})
    go("post", "/users/", {"q": "13800000003"})
    go("post", reverse("user-number", args=[cast.zhou.pk]))
    rows = [row(1), row(2, responsible_mobile="1380000002")]
    content = BytesIO(write_workbook([basic_form(rows=rows)]))
    content.name = "13800000009.xls"
    go("post", "/annexes/check/", {"token": str(uuid.uuid4()), "uploads": content})
    drain()
    check = AnnexCheck.objects.get()
    assert check.is_done
    form = check.forms.first()
    go("get", form.get_absolute_url())
    go("post", reverse("annex-unmask", args=[check.pk, form.pk]))
    go("post", reverse("annex-faults-export", args=[check.pk]))
    written = [
        record.getMessage() for record in caplog.records if record.name != "django.db.backends"
    ]
    assert [line for line in written if WHOLE_NUMBER.search(line)] == []
    assert [path for path in asked if WHOLE_NUMBER.search(path)] == []
    assert not [entry for entry in Entry.objects.all() if WHOLE_NUMBER.search(str(entry.detail))]


def test_every_number_shown_or_exported_leaves_a_line(world, signed_in):
    leader = world.cast.zheng
    browser = signed_in(leader)
    acts = {
        reverse("user-number", args=[world.cast.zhou.pk]): "number.show",
        reverse("user-export"): "people.export",
        reverse("unit-export"): "people.export",
    }
    things = world.of(leader)
    check, form, upload = things["check"].pk, things["form"].pk, things["upload"].pk
    acts |= {
        reverse("annex-unmask", args=[check, form]): "annexes.unmask",
        reverse("annex-faults-export", args=[check]): "annexes.export-faults",
        reverse("annex-upload", args=[check, upload]): "annexes.export-file",
    }
    for address, act in acts.items():
        before = Entry.objects.filter(act=act).count()
        response = browser.post(address)
        assert response.status_code == 200, address
        body(response)
        assert Entry.objects.filter(act=act).count() == before + 1, address


def test_exported_lists_hold_no_whole_number(cast, signed_in):
    import openpyxl

    browser = signed_in(cast.lu)
    response = browser.post(reverse("user-export"))
    book = openpyxl.load_workbook(BytesIO(body(response)))
    cells = [str(cell.value) for line in book.active for cell in line]
    assert any("138****" in cell for cell in cells)
    assert [cell for cell in cells if WHOLE_NUMBER.search(cell)] == []


def test_a_search_by_number_is_not_taken_from_the_address(cast, signed_in):
    text = signed_in(cast.lu).get("/users/", {"q": "13800000003"}).content.decode()
    assert "何嘉敏" in text  # the list is unfiltered: the number in the address did nothing
