"""How forms look to a screen reader: names, descriptions and errors are tied to their fields."""

from django import forms

from registry.forms import Form


class Registration(Form):
    name = forms.CharField(label="姓名", help_text="和身份证上一样。")
    note = forms.CharField(label="备注", required=False)
    kind = forms.ChoiceField(
        label="类别", choices=[("a", "甲")], widget=forms.RadioSelect, help_text="选一个。"
    )
    agreed = forms.BooleanField(label="我已核对")
    phone = forms.CharField(label="电话", error_messages={"required": "没有电话就无法通知。"})


def test_label_hint_and_error_are_tied_to_the_input():
    html = Registration({})["name"].as_field_group()
    assert '<label for="id_name">姓名</label>' in html
    assert 'id="id_name_helptext"' in html
    assert (
        '<div class="error" id="id_name_error"><p><span class="vh">错误：</span>请填写：姓名</p></div>'
        in html
    )
    assert 'aria-describedby="id_name_helptext id_name_error"' in html
    assert 'aria-invalid="true"' in html


def test_a_field_without_error_is_not_called_invalid():
    html = Registration({"name": "张三"})["name"].as_field_group()
    assert "aria-invalid" not in html
    assert "错误" not in html


def test_choices_are_a_fieldset_named_by_its_legend_and_described_by_hint_and_error():
    html = Registration({})["kind"].as_field_group()
    assert '<fieldset aria-describedby="id_kind_helptext id_kind_error"><legend>类别</legend>' in html


def test_only_optional_fields_say_so():
    form = Registration()
    assert "（选填）" in form["note"].as_field_group()
    assert "（选填）" not in form["name"].as_field_group()


def test_a_box_to_tick_stands_before_its_label():
    html = Registration()["agreed"].as_field_group()
    assert html.index('type="checkbox"') < html.index("我已核对")


def test_a_missing_answer_names_its_field_unless_the_form_has_words_of_its_own():
    errors = Registration({}).errors
    assert errors["agreed"] == ["请勾选：我已核对"]
    assert errors["phone"] == ["没有电话就无法通知。"]


def test_a_whole_form_is_every_field_once():
    html = str(Registration())
    assert all(html.count(f'name="{name}"') == 1 for name in Registration.base_fields)


def test_a_field_exchanged_while_the_form_is_made_keeps_its_own_label_and_is_asked_for_by_it():
    class Move(Form):
        region = forms.CharField()

        def __init__(self, *args):
            super().__init__(*args)
            self.fields["region"] = forms.ChoiceField(label="地区", choices=[("620502", "秦州区")])

    form = Move({})
    assert "地区</label>" in form["region"].as_field_group()
    assert form.errors["region"] == ["请选择：地区"]
