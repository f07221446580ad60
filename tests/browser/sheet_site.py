"""A throw-away university with one submission begun: `python -m tests.browser.sheet_site`.

Prints `{"submission": pk, "rows": […]}`; everybody's password is `PASSWORD`. With `--school` there
is no campaign yet: prints `{}`; `--site=http://…` is then the address of 数信学院官网. With
`--reviewers` 数信学院 has a second reviewer, M005 罗敏.
"""

import json
import sys

import django

PASSWORD = "Zi-Teng-Hua-2026"
MANY = 2000


def main():
    """Lay the tables, and all of `make`."""
    django.setup()
    from tests.faults.forked import lay_tables

    lay_tables()
    make()


def make():
    """Make the school through real actions, say where the submission is."""
    from django.contrib.auth.hashers import make_password
    from django.utils import timezone

    from meice.orgs.models import User
    from meice.orgs.roles import Role
    from tests.meice.registry.scene import make_person
    from tests.meice.surveys import sheet_scene

    site = next((each[7:] for each in sys.argv if each.startswith("--site=")), "")
    school = sheet_scene.make_school(site)
    if "--reviewers" in sys.argv:
        make_person("M005", "罗敏", school.maths, Role.REVIEWER)
    User.objects.update(password=make_password(PASSWORD), password_changed_at=timezone.now())
    if "--school" in sys.argv:
        json.dump({}, sys.stdout)
        return
    campaign = sheet_scene.make_campaign(school)
    submission = sheet_scene.started(school, campaign)
    many = _many(school, campaign) if "--many" in sys.argv else None
    rows = [str(row.key) for row in sheet_scene.rows_of(submission)]
    json.dump({"submission": submission.pk, "rows": rows, "many": many}, sys.stdout)


def _many(school, campaign):
    """艺术学院 with `MANY` rows of annex 1."""
    from meice.surveys.actions.filling import start_submission
    from meice.surveys.models import Submission, SubmissionRow
    from tests.meice.surveys import sheet_scene

    asked = Submission.objects.get(campaign=campaign, unit=school.arts)
    submission = start_submission(asked, by=school.su, at=sheet_scene.OPENED)
    SubmissionRow.objects.bulk_create(
        SubmissionRow(
            submission=submission,
            annex=1,
            position=number,
            cells={
                "name": f"华园艺术{number}",
                "unit": "艺术学院",
                "verified_as": "华园大学",
                "kind": "网站",
                "problems": "无问题",
                "rectified": "-",
                "interactive": "是",
                "has_review_system": "是",
                "outsourced": "否",
                "responsible_name": "苏婉仪",
                "responsible_mobile": f"138{number:08d}",
            },
            made_at=sheet_scene.OPENED,
            changed_at=sheet_scene.OPENED,
        )
        for number in range(1, MANY + 1)
    )
    return submission.pk


if __name__ == "__main__":
    main()
