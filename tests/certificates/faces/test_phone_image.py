"""The phone face: scanned from a screen, small to send, long names whole."""

import io

import pytest
from PIL import Image

from certificates.faces import phone_image
from certificates.faces.errors import FaceTooLong, MissingGlyph
from tests.certificates.faces import samples
from tests.certificates.faces.paper import read_by_zbar, read_by_zxing

PLAIN = {"zh-Hans": samples.FACE, "en": samples.ENGLISH_FACE, "longest": samples.WORST}
FACES = PLAIN | {
    "logo and seal": samples.ADORNED,
    "longest in two languages": samples.WORST_BILINGUAL,
    "specimen": samples.SPECIMEN,
}
every_face = pytest.mark.parametrize("face", FACES.values(), ids=FACES)


def opened(file: bytes) -> Image.Image:
    return Image.open(io.BytesIO(file)).convert("L")


@every_face
def test_it_is_1080_wide_and_light_enough_to_send(face):
    file = phone_image.draw(face)
    assert Image.open(io.BytesIO(file)).size[0] == 1080
    assert len(file) < (150_000 if face in PLAIN.values() else 250_000)


def test_a_seal_keeps_its_red_and_letters_stay_grey():
    picture = Image.open(io.BytesIO(phone_image.draw(samples.ADORNED))).convert("RGB")
    colours = {colour for _count, colour in picture.getcolors(1 << 16) or []}
    assert any(red > 180 and green < 60 and blue < 60 for red, green, blue in colours)
    assert (0, 0, 0) in colours
    plain = Image.open(io.BytesIO(phone_image.draw(samples.FACE))).convert("RGB")
    assert all(red == green == blue for _count, (red, green, blue) in plain.getcolors(1 << 16) or [])


@every_face
def test_two_readers_read_it_at_full_size_and_on_a_small_screen(face):
    picture = opened(phone_image.draw(face))
    small = picture.resize((360, round(picture.height / 3)), Image.Resampling.BILINEAR)
    for shown in (picture, small):
        assert read_by_zxing(shown).text == face.url
        assert read_by_zbar(shown) == face.url


def test_its_qr_is_big_and_at_m():
    symbol = read_by_zxing(opened(phone_image.draw(samples.FACE)))
    assert symbol.ec_level == "M"
    assert symbol.position.top_right.x - symbol.position.top_left.x > 800


@every_face
def test_nothing_touches_the_frame(face):
    picture = opened(phone_image.draw(face))
    inside = picture.crop((40, 40, picture.width - 40, picture.height - 40))
    for edge in [(0, 0, 20, inside.height), (inside.width - 20, 0, inside.width, inside.height)]:
        assert inside.crop(edge).getextrema() == (255, 255)


def test_a_longer_name_makes_a_taller_picture():
    short = opened(phone_image.draw(samples.FACE)).height
    assert opened(phone_image.draw(samples.face(holder_name=samples.LONG_NAME))).height > short


@pytest.mark.parametrize("name", ["㛃䶮", "𠅤𬱖", "𬭎𫖯𬬭", "𰻝\u9ff0"])
def test_rare_names_are_drawn_not_as_an_empty_box(name):
    # A missing glyph draws the same box for every character; two characters then look alike.
    pictures = {phone_image.draw(samples.face(holder_name="王" + character)) for character in name}
    assert len(pictures) == len(name)


def test_a_character_without_a_glyph_is_refused_by_name():
    with pytest.raises(MissingGlyph) as refusal:
        phone_image.draw(samples.face(holder_name="王\U0002ebf0"))
    assert refusal.value.facts == {"characters": ["\U0002ebf0"], "code_points": ["U+2EBF0"]}


def test_words_beyond_any_screen_are_refused():
    with pytest.raises(FaceTooLong):
        phone_image.draw(samples.face(course_name="长" * 2000))


def test_the_same_certificate_gives_the_same_bytes():
    assert phone_image.draw(samples.FACE) == phone_image.draw(samples.FACE)
