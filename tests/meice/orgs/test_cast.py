"""The cast stands as it is told."""


def test_each_works_in_her_unit(cast):
    assert str(cast.he.post) == "数信学院 · 运维"
    assert cast.he.post.unit.parent == cast.university


def test_a_signed_in_browser_sees_the_work_page(cast, signed_in):
    assert signed_in(cast.he).get("/").status_code == 200
