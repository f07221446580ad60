"""Forms: label above, 必填 in words, errors tied to their fields, nothing typed is lost."""

import pytest
from django import forms


class Person(forms.Form):
    name = forms.CharField(label="姓名", help_text="与工资系统一致")
    unit = forms.ChoiceField(label="单位", choices=[("", "请选"), ("1", "园艺学院")])
    role = forms.ChoiceField(
        label="岗位", widget=forms.RadioSelect, choices=[("a", "运维"), ("b", "审核人")]
    )
    note = forms.CharField(label="备注", required=False, widget=forms.Textarea)
    proof = forms.FileField(label="附件", required=False)
    sure = forms.BooleanField(label="已核对", error_messages={"required": "请先核对。"})
    token = forms.CharField(widget=forms.HiddenInput)

    def clean_note(self) -> str:
        note: str = self.cleaned_data["note"]
        if "<" in note:
            raise forms.ValidationError(f"备注「{note}」里有尖括号。")
        return note


@pytest.fixture
def empty():
    return Person({"note": "<b>", "role": "a"})


def test_required_is_a_word_not_a_star(render):
    shown = render("{% fields form %}", form=Person())
    assert shown.count("必填") == 4
    assert "*" not in shown


def test_an_error_is_tied_to_its_field(render, empty):
    shown = render("{% field form.name %}", form=empty)
    assert 'aria-invalid="true"' in shown
    assert 'aria-describedby="id_name_hint id_name_error"' in shown
    assert 'id="id_name_error"' in shown
    assert "还没有填。" in shown


def test_an_empty_choice_is_said_in_its_own_words(render, empty):
    assert "还没有选。" in render("{% field form.unit %}", form=empty)
    assert "请先核对。" in render("{% field form.sure %}", form=empty)


def test_the_summary_links_to_every_wrong_field_and_takes_the_focus(render, empty):
    shown = render("{% problems form %}", form=empty)
    assert "data-m-focus" in shown
    assert 'role="alert"' in shown
    for name in ("name", "unit", "note", "sure"):
        assert f'href="#id_{name}"' in shown


def test_a_right_form_has_no_summary(render):
    assert render("{% problems form %}", form=Person()).strip() == ""


def test_what_was_typed_comes_back_escaped(render, empty):
    shown = render("{% fields form %}{% problems form %}", form=empty)
    assert "&lt;b&gt;" in shown
    assert "<b>」" not in shown


def test_radio_buttons_are_option_cards_in_a_fieldset(render, empty):
    shown = render("{% field form.role %}", form=empty)
    assert shown.count('class="m-option') == 2
    assert shown.count("m-on") == 1
    assert "<legend" in shown


def test_files_get_a_drop_zone_around_a_real_input(render):
    shown = render("{% field form.proof %}", form=Person())
    assert "data-m-drop" in shown
    assert 'type="file"' in shown


def test_hidden_fields_are_in_the_form_once(render):
    assert render("{% fields form %}", form=Person()).count('name="token"') == 1


def test_an_error_of_the_whole_form_is_shown(render):
    form = Person({"token": "x", "name": "甲", "unit": "1", "role": "a", "sure": "on"})
    form.add_error(None, "这个人已经有岗位。")
    assert "这个人已经有岗位。" in render("{% problems form %}", form=form)
