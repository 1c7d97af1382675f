"""Page tags: what is seen, what is heard, what stays in the address."""

from datetime import UTC, date, datetime

import pytest
from django.forms import CharField, ChoiceField, HiddenInput, RadioSelect
from django.template import engines
from django.test import RequestFactory
from django.utils import translation

from registry.forms import Form


def render(source, request=None, **context):
    return engines["django"].from_string(source).render(context, request or RequestFactory().get("/"))


def test_a_masked_name_is_heard_without_its_star():
    text = render("{% masked_name name %}", name="欧阳修文")
    assert text == '<span aria-hidden="true">欧阳**</span><span class="vh">欧阳某</span>'


@pytest.mark.parametrize("text", ["62050219900101002X", "620502********002X"])
def test_a_citizen_id_clear_or_masked_comes_out_masked_and_is_heard_by_its_last_four(text):
    html = render("{% masked_id text %}", text=text)
    assert "620502********002X" in html
    assert "尾号 0 0 2 X" in html
    assert "19900101" not in html


def test_a_disability_number_shows_and_says_neither_category_nor_grade():
    html = render('{% masked_id text "disability" %}', text="62050219900101002643")
    assert "620502********0026**" in html
    assert "43" not in html


def test_a_number_too_short_to_mask_is_hidden_whole():
    assert "123" not in render("{% masked_id text %}", text="123")


def test_a_missing_number_says_so():
    assert render("{% masked_id text %}", text="") == "未登记"


def test_names_and_statuses_cannot_bring_markup_in():
    html = render("{% masked_name name %}{% tag 'good' name %}{{ name|spoken_digits }}", name="<b>x</b>")
    assert "<b>" not in html


def test_a_number_is_heard_sign_by_sign():
    assert '<span class="vh">A 3 F 7 9 0</span>' in render("{{ code|spoken_digits }}", code="A3F7-90")


@pytest.mark.parametrize(
    ("part", "whole", "width"),
    [(3, 4, "75.0"), (5, 4, "100.0"), (-1, 4, "0.0"), (1, 0, "0.0"), (0.125, 1, "12.5")],
)
def test_a_bar_is_as_wide_as_its_share_in_every_language(part, whole, width):
    with translation.override("en"):
        assert f'width="{width}%"' in render("{% bar part whole %}", part=part, whole=whole)


@pytest.mark.parametrize(
    ("language", "said"), [("zh-hans", "2024年6月3日"), ("zh-hant", "2024年6月3日"), ("en", "3 June 2024")]
)
def test_a_day_is_written_as_the_language_writes_it(language, said):
    with translation.override(language):
        assert render("{{ day|day }}", day=date(2024, 6, 3)) == said


def test_a_moment_is_told_in_the_time_of_china():
    assert render("{{ at|minute }}", at=datetime(2024, 6, 2, 16, 5, tzinfo=UTC)) == "2024年6月3日 00:05"


def test_no_date_and_no_share_are_empty():
    assert render("[{{ none|day }}{{ none|minute }}{{ none|percent }}]", none=None) == "[]"


def test_numbers_mark_their_thousands_and_shares_are_percent():
    assert render("{{ n|number }} {{ share|percent }}", n=1169, share=0.875) == "1,169 87.5%"


def test_turning_a_page_keeps_the_filters_but_not_the_language():
    request = RequestFactory().get("/people/?q=%E5%BC%A0&page=2&lang=en&text=large")
    assert render("{% query page=3 %}", request) == "?q=%E5%BC%A0&amp;page=3"
    assert render("{% query page=None q='' %}", request) == "?"


def test_a_page_this_installation_lacks_is_left_out_of_the_links():
    assert render("[{% page_url 'registry:no-such-page' as url %}{{ url }}]") == "[]"
    assert render("{% page_url 'registry:help' %}") == "/help/"
    assert render("{% page_url 'registry:person' 'abc' %}") == "/people/abc/"


def test_a_table_has_its_caption_and_a_region_named_by_it():
    html = render('{% table "people" caption %}<tbody></tbody>{% endtable %}', caption="学员 < 名单")
    assert '<div class="table-scroll" role="region" tabindex="0" aria-labelledby="people-caption">' in html
    assert '<caption id="people-caption">学员 &lt; 名单</caption><tbody></tbody>' in html


class Registration(Form):
    name = CharField(label="姓名")
    kind = ChoiceField(label="类别", choices=[("a", "甲"), ("b", "乙")], widget=RadioSelect)
    token = CharField(widget=HiddenInput)

    def clean(self):
        self.add_error(None, "这个人已在别的班。")
        return super().clean()


def test_the_summary_counts_every_error_and_links_it_to_its_field():
    html = render(
        "{% error_summary form errors=pairs %}", form=Registration({}), pairs=[("row-4", "第 4 行")]
    )
    assert "有 5 处需要改正" in html
    assert "<li>这个人已在别的班。</li>" in html
    assert '<a href="#id_name">请填写：姓名</a>' in html
    assert '<a href="#id_kind_0">请选择：类别</a>' in html
    assert '<a href="#row-4">第 4 行</a>' in html
    assert "#id_token" not in html


def test_a_page_without_errors_has_no_summary_and_no_prefix():
    assert render("{% error_summary form %}{% error_prefix %}", form=Registration()).strip() == ""


def test_the_title_of_a_page_with_errors_begins_with_the_word():
    assert render("{% error_prefix %}", form=Registration({})) == "错误："
    assert render("{% error_prefix %}", errors=[("row-4", "第 4 行")]) == "错误："
