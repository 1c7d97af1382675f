"""The checks see what they are for: each fault, put into a page on purpose, is named."""

import pytest
from django.urls import clear_url_caches

from tests.browser.accessibility import assert_accessible, assert_fits, assert_keyboard_reaches_all

pytestmark = pytest.mark.browser

FAULTS = {
    "color-contrast-enhanced": "document.querySelector('.lead').style.color = '#666'",
    "label": "document.querySelector('label[for=id_name]').remove()",
    "heading-order": "document.querySelector('main h2').outerHTML = '<h5>x</h5>'",
    ": \\d+ x 20": "document.querySelector('.button').style.cssText = 'min-height: 0; height: 20px'",
    "px wide in 320": "document.querySelector('.lead').style.width = '400px'",
}


@pytest.fixture
def specimen(open_page, settings):
    settings.ROOT_URLCONF = "tests.browser.urls"
    clear_url_caches()
    page = open_page(width=320)
    page.goto("/tests/specimen/")
    return page


@pytest.mark.parametrize("named", FAULTS)
def test_a_fault_put_into_a_page_is_named(specimen, named):
    specimen.evaluate(FAULTS[named])
    with pytest.raises(AssertionError, match=named):
        assert_accessible(specimen)


def test_a_page_that_only_spacing_makes_too_wide_is_named(specimen):
    specimen.evaluate("""() => {
        const line = document.querySelector('.lead');
        Object.assign(line.style, {whiteSpace: 'nowrap', width: 'max-content', fontSize: '10px'});
        line.textContent = 'm'.repeat(26);
    }""")
    before = specimen.evaluate("document.documentElement.scrollWidth")
    assert before <= 320
    with pytest.raises(AssertionError, match="spaced"):
        assert_fits(specimen)


def test_a_link_without_a_focus_ring_is_named(specimen):
    specimen.evaluate("document.querySelector('.breadcrumbs a').style.outline = 'none'")
    with pytest.raises(AssertionError, match="no focus ring"):
        assert_keyboard_reaches_all(specimen)


def test_a_link_that_cannot_be_seen_is_named(specimen):
    specimen.evaluate(
        "document.querySelector('.breadcrumbs a').style.cssText = 'position: fixed; left: -999px'"
    )
    with pytest.raises(AssertionError, match="out of view"):
        assert_keyboard_reaches_all(specimen)


def test_errors_take_the_focus_and_lead_to_their_fields(specimen):
    specimen.goto("/tests/specimen/?wrong=1")
    assert specimen.title().startswith("错误：")
    assert specimen.evaluate("document.activeElement.className") == "error-summary"
    for link in specimen.locator(".error-summary a").all():
        link.click()
        assert specimen.evaluate("document.activeElement.matches('input, select, textarea')"), (
            link.inner_text()
        )
