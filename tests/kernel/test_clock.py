from datetime import timedelta

import pytest

from meice.kernel.clock import database_now, now


@pytest.mark.django_db
def test_the_database_and_this_machine_agree_and_are_aware() -> None:
    asked = now()
    assert database_now().utcoffset() == timedelta(0)
    assert abs(database_now() - asked) < timedelta(seconds=5)
