"""The address in the QR: digits, base32 and the URL around them."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from certificates.proof import fragment
from certificates.proof.errors import AddressError, FragmentError

CODE = "R99KXYH0CRRU"
envelopes = st.binary(min_size=1, max_size=256)


@given(envelopes)
def test_bytes_come_back_from_digits(data: bytes) -> None:
    assert fragment.to_bytes(fragment.to_digits(data)) == data


@given(st.binary(min_size=1, max_size=255).map(lambda rest: b"\xd2" + rest))
def test_bytes_come_back_from_base32(data: bytes) -> None:
    assert fragment.to_bytes(fragment.to_base32(data)) == data
    assert fragment.to_bytes(fragment.to_base32(data).lower()) == data


@given(
    st.text(max_size=700)
    | st.text(alphabet="0123456789", max_size=700)
    | st.text(alphabet="ABC234", max_size=450)
)
def test_any_text_is_decoded_or_refused(text: str) -> None:
    try:
        data = fragment.to_bytes(text)
    except FragmentError:
        return
    assert text.upper() in (fragment.to_digits(data), fragment.to_base32(data))


@pytest.mark.parametrize(
    ("base_url", "expected"),
    [
        ("https://cert.example.cn", "HTTPS://CERT.EXAMPLE.CN/C/R99KXYH0CRRU#123"),
        ("https://cert.example.cn/", "HTTPS://CERT.EXAMPLE.CN/C/R99KXYH0CRRU#123"),
        ("http://127.0.0.1:8000", "HTTP://127.0.0.1:8000/C/R99KXYH0CRRU#123"),
    ],
)
def test_the_address_is_in_capitals_for_the_qr(base_url: str, expected: str) -> None:
    assert fragment.url(base_url, CODE, "123") == expected


@pytest.mark.parametrize(
    "base_url",
    [
        "cert.example.cn",
        "ftp://cert.example.cn",
        "https://cert.example.cn/path",
        "https://证书.cn",
        "https://a_b.cn",
        "",
    ],
)
def test_a_base_that_no_qr_should_carry_is_refused(base_url: str) -> None:
    with pytest.raises(AddressError) as refusal:
        fragment.url(base_url, CODE, "123")
    assert refusal.value.code == "url_base"


@pytest.mark.parametrize(
    ("text", "base_url"),
    [
        ("HTTPS://CERT.EXAMPLE.CN/C/R99KXYH0CRRU#123", "https://cert.example.cn"),
        ("https://cert.example.cn/c/r99kxyh0crru#123", "https://cert.example.cn"),
        ("  https://cert.example.cn/C/R99KXYH0CRRU/#123\n", "https://cert.example.cn"),
        ("https://cert.example.cn/C/R99KXYH0CRRU?from=singlemessage#123", "https://cert.example.cn"),
        ("http://127.0.0.1:8000/C/R99KXYH0CRRU#123", "http://127.0.0.1:8000"),
        ("R99K XYH0 CRRU#123", ""),
    ],
)
def test_an_address_is_read_as_scanned_shared_or_pasted(text: str, base_url: str) -> None:
    address = fragment.parse_url(text)
    assert (address.base_url, address.code, address.fragment) == (base_url, CODE, "123")


def test_an_address_without_fragment_is_read_and_fails_in_step_two() -> None:
    address = fragment.parse_url("https://cert.example.cn/C/R99KXYH0CRRU")
    with pytest.raises(FragmentError) as refusal:
        fragment.to_bytes(address.fragment)
    assert refusal.value.code == "fragment_missing"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "hello",
        "https://cert.example.cn/",
        "https://cert.example.cn/x/R99KXYH0CRRU#1",
        "javascript:/c/1#1",
    ],
)
def test_what_is_not_an_address_is_refused(text: str) -> None:
    with pytest.raises(AddressError) as refusal:
        fragment.parse_url(text)
    assert (refusal.value.code, refusal.value.step) == ("url_shape", 1)


@given(st.text(max_size=300))
def test_any_text_as_an_address_is_read_or_refused(text: str) -> None:
    for candidate in (text, f"https://{text}", f"https://a.cn/c/{text}", f"{text}#1"):
        with suppress(AddressError):
            assert len(fragment.parse_url(candidate).code) == 12
