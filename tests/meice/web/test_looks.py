"""Status words, notices, masked numbers: what they say and that nothing gets out of them."""

from enum import StrEnum
from html.parser import HTMLParser

import pytest

from meice.web import static_files
from meice.web.tones import SourceKind, Tone

HOSTILE = """'"><img src=x onerror=alert(1)><script>alert(2)</script>"""


class Markup(HTMLParser):
    """Tags and attributes as a browser would see them."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}


class Filing(StrEnum):
    """An enum as rooms write it."""

    RETURNED = "returned"

    label = property(lambda self: "已退回")
    icon = property(lambda self: "corner-up-left")
    tone = property(lambda self: Tone.WARN)


def test_a_status_shows_word_and_tone_of_the_enum(render):
    assert "m-status m-warn" in render("{% status it %}", it=Filing.RETURNED)
    assert "已退回" in render("{% status it %}", it=Filing.RETURNED)


def test_a_status_can_say_more_than_the_word(render):
    shown = render('{% status it "已退回，还剩 2 天" box=True %}', it=Filing.RETURNED)
    assert "已退回，还剩 2 天" in shown
    assert "m-box" in shown


def test_an_absent_status_shows_nothing(render):
    assert render("{% status it %}", it=None) == ""


def test_a_tone_that_does_not_exist_is_the_callers_mistake(render):
    with pytest.raises(ValueError, match="purple"):
        render('{% mark "purple" "词" %}')


@pytest.mark.parametrize(
    "text",
    [
        '{% mark "bad" it %}',
        "{% status look it %}",
        '{% notice "bad" id=it %}x{% endnotice %}',
        '{% notice "bad" %}{{ it }}{% endnotice %}',
        '{% nothing "none" it %}{{ it }}{% endnothing %}',
        "{% masked it it %}",
        "{% difference it it %}",
        "{% missing it %}",
        "{% crumbs it it it %}",
        '{% chip it "k" it %}',
        '{% dropchip it "k" %}',
        '{% sorted it "k" %}',
        "{% act it it %}",
        "{% act it it confirm=it post=True %}",
        '{% icon "robot" it %}',
    ],
)
def test_hostile_text_stays_text(render, text):
    found = Markup(render(text, it=HOSTILE, look=Filing.RETURNED))
    assert not {"script", "img"} & found.tags
    assert not [name for name in found.attributes if name.startswith("on")]


@pytest.mark.parametrize(
    ("tone", "role"), [("bad", "alert"), ("warn", "status"), ("good", "status")]
)
def test_only_a_bad_notice_interrupts_the_reader(render, tone, role):
    assert f'role="{role}"' in render(f'{{% notice "{tone}" %}}x{{% endnotice %}}')


@pytest.mark.parametrize("face", ["none", "start", "filtered", "unknown"])
def test_the_four_empty_faces_carry_title_and_way_on(render, face):
    shown = render(f'{{% nothing "{face}" "标题" %}}<a href="/x/">去</a>{{% endnothing %}}')
    assert "<h3>标题</h3>" in shown
    assert '<a href="/x/">去</a>' in shown


def test_a_mobile_number_is_masked(render):
    assert render("{{ it|mask }}", it="13800001234") == "138****1234"


def test_the_whole_number_is_nowhere_in_the_markup(render):
    shown = render('{% masked it "/people/1/reveal/" %}', it="13800001234")
    assert "13800001234" not in shown
    assert "显示号码（会留下查看记录）" in shown
    assert 'method="post"' in shown


def test_a_number_without_right_to_see_it_has_no_button(render):
    assert "<form" not in render("{% masked it %}", it="13800001234")


def test_a_missing_value_is_never_blank(render):
    assert "未填" in render('{% missing "" %}')
    assert "—" in render('{% missing "" required=False %}')


def test_zero_is_a_value(render):
    assert render("{% missing it %}", it=0) == "0"


def test_an_icon_of_the_sprite_is_drawn_and_hidden_from_readers(render):
    if "robot" not in static_files.icon_names():
        pytest.skip("the front end is not built here")
    shown = render('{% icon "robot" %}')
    assert 'aria-hidden="true"' in shown
    assert "built/icons" in shown
    assert shown.count("#robot") == 1


@pytest.mark.usefixtures("no_build")
def test_without_the_sprite_the_words_remain(render):
    assert render('{% icon "robot" %}') == ""
    assert "已退回" in render("{% status it %}", it=Filing.RETURNED)


def test_every_source_has_word_and_icon():
    assert {kind.label for kind in SourceKind} == {
        "备案",
        "填报",
        "探测",
        "订阅源",
        "导入",
        "单位自证",
        "人工核实",
        "计算",
    }
    assert all(kind.icon for kind in SourceKind)
