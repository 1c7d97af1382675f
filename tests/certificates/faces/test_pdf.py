"""The paper certificate: read as text, as tags, as a picture, and by checkers we did not write."""

import io
import re
import threading
from datetime import date
from functools import cache

import outloud
import pdfua
import pypdf
import pytest
from PIL import Image, ImageChops

from certificates.faces import pdf
from certificates.faces.errors import FaceTooLong, MissingGlyph
from certificates.faces.face import Face
from tests.certificates.faces import samples
from tests.certificates.faces.paper import rasterised, read_by_zbar, read_by_zxing

FACES = {
    "zh-Hans": samples.FACE,
    "en": samples.ENGLISH_FACE,
    "longest": samples.WORST,
    "logo and seal": samples.ADORNED,
    "two languages": samples.BILINGUAL,
    "longest in two languages": samples.WORST_BILINGUAL,
    "specimen": samples.SPECIMEN,
}
every_face = pytest.mark.parametrize("face", FACES.values(), ids=FACES)


@cache
def drawn(face: Face) -> bytes:
    return pdf.one(face)


def opened(file: bytes) -> pypdf.PdfReader:
    return pypdf.PdfReader(io.BytesIO(file))


def words(file: bytes | pypdf.PdfReader, page: int = 0) -> str:
    """The text of a page without the breaks and spaces of its layout."""
    reader = opened(file) if isinstance(file, bytes) else file
    return "".join(reader.pages[page].extract_text().split())


def tags(node: object) -> list[tuple[str, pypdf.generic.DictionaryObject]]:
    """The structure elements in reading order, with their standard names."""
    node = node.get_object() if hasattr(node, "get_object") else node
    if isinstance(node, list):
        return [tag for kid in node for tag in tags(kid)]
    if not isinstance(node, dict):
        return []
    own = [(str(node["/S"])[1:], node)] if "/S" in node else []
    return own + tags(node.get("/K"))


def tags_of(file: bytes) -> list[tuple[str, pypdf.generic.DictionaryObject]]:
    return tags(opened(file).trailer["/Root"]["/StructTreeRoot"])


@every_face
@pytest.mark.parametrize("dpi", [150, 300])
def test_two_readers_read_the_qr_off_the_paper(face, dpi):
    picture = rasterised(drawn(face), dpi)
    assert read_by_zxing(picture).text == face.url
    assert read_by_zbar(picture) == face.url


@every_face
def test_the_qr_is_printed_at_30_mm_or_more_at_q(face):
    symbol = read_by_zxing(rasterised(drawn(face), 300))
    corners = symbol.position
    width_mm = (corners.top_right.x - corners.top_left.x) / 300 * 25.4
    assert width_mm >= 30
    assert symbol.ec_level == "Q"


def test_the_quiet_zone_is_white_on_the_paper():
    picture = rasterised(drawn(samples.FACE), 300)
    corner = read_by_zxing(picture).position
    side = corner.top_right.x - corner.top_left.x
    quiet = round(side / 57 * 4) - 2  # version 10 is 57 modules; less two pixels of rounding
    left, top = corner.top_left.x - quiet, corner.top_left.y - quiet
    right, bottom = corner.bottom_right.x + quiet, corner.bottom_right.y + quiet
    for band in [
        (left, top, right, corner.top_left.y - 2),
        (left, corner.bottom_left.y + 2, right, bottom),
        (left, top, corner.top_left.x - 2, bottom),
        (corner.top_right.x + 2, top, right, bottom),
    ]:
        assert picture.crop(band).getextrema() == (255, 255)


@every_face
def test_the_text_reads_as_the_certificate_reads(face):
    across = "样张SPECIMEN" if face.specimen else ""  # the mark over the whole sheet, drawn last
    assert words(drawn(face)) == "".join("".join(face.texts()).split()) + across


def test_lines_of_text_keep_label_and_value_together():
    lines = opened(drawn(samples.FACE)).pages[0].extract_text().splitlines()
    assert "技能 保健按摩" in lines
    assert "证书编号 TS23 0048 7K2M 9Q4X" in lines
    assert "查验码 7K3M 9QXR 4T2W" in lines


def test_the_file_says_its_language_title_and_that_it_is_tagged():
    file = opened(drawn(samples.FACE))
    root = file.trailer["/Root"]
    assert root["/Lang"] == "zh-CN"
    assert root["/MarkInfo"]["/Marked"]
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert file.metadata is not None
    assert file.metadata.title == "培训合格证书 王晓梅"


@pytest.mark.parametrize(("language", "lang"), [("zh-Hans", "zh-CN"), ("zh-Hant", "zh"), ("en", "en")])
def test_each_language_is_declared(language, lang):
    assert opened(pdf.one(samples.face(language=language))).trailer["/Root"]["/Lang"] == lang


def test_chinese_in_an_english_certificate_is_marked_as_chinese():
    (name,) = [tag for kind, tag in tags_of(drawn(samples.ENGLISH_FACE)) if kind == "H2"]
    assert name["/Lang"] == "zh-CN"


@every_face
def test_the_tags_are_two_headings_three_lists_of_pairs_and_the_figures(face):
    kinds = [kind for kind, _ in tags_of(drawn(face))]
    pairs = len(face.facts() + face.award() + face.proof())
    assert [kinds.count(kind) for kind in ("H1", "H2", "L")] == [1, 1, 3]
    assert [kinds.count(kind) for kind in ("LI", "Lbl", "LBody")] == [pairs] * 3
    landmarks = [kind for kind in kinds if kind in ("H1", "H2", "L", "Figure")]
    logo, seal = ["Figure"] * bool(face.logo), ["Figure"] * bool(face.seal)
    assert landmarks == [*logo, "H1", "H2", "L", "L", *seal, "Figure", "L"]


@every_face
def test_every_picture_says_what_it_is_and_the_qr_where_it_is_and_what_it_is_for(face):
    told = [str(tag["/Alt"]) for kind, tag in tags_of(drawn(face)) if kind == "Figure"]
    pictures = [picture.alt for picture in (face.logo, face.seal) if picture]
    assert told == [*pictures, " ".join(face.lines("qr_alt"))]
    assert "左下角" in face.words.qr_alt or "bottom left" in face.words.qr_alt


def test_what_is_in_the_second_language_is_marked_so_that_a_voice_changes_with_it():
    file = opened(drawn(samples.BILINGUAL))
    content = file.pages[0].get_contents()
    assert content is not None
    runs = re.findall(rb"/Span<</MCID \d+/Lang\((\S+?)\)>>", content.get_data())
    sentences = [str(tag["/Lang"]) for _kind, tag in tags_of(drawn(samples.BILINGUAL)) if "/Lang" in tag]
    assert {*runs} == {b"en", b"zh-CN"}
    assert {*sentences} == {"en"}
    assert file.trailer["/Root"]["/Lang"] == "zh-CN"


def test_a_specimen_says_so_first_and_is_no_certificate_to_the_eye():
    text = words(drawn(samples.SPECIMEN))
    assert text.startswith("样张SPECIMEN")
    plain, marked = (rasterised(drawn(face), 50) for face in (samples.BILINGUAL, samples.SPECIMEN))
    changed = ImageChops.difference(plain, marked).point([0] * 9 + [1] * 247)
    assert sum(changed.tobytes()) / (plain.width * plain.height) > 0.03


def test_one_picture_on_many_sheets_is_in_the_file_once():
    one, many = (pdf.batch([samples.ADORNED] * n, title="x") for n in (1, 30))
    picture = len(samples.ADORNED.logo.png) + len(samples.ADORNED.seal.png)
    plain = len(pdf.batch([samples.FACE] * 30, title="x")) - len(pdf.one(samples.FACE))
    assert len(many) - len(one) < plain + picture


def test_the_sheet_as_a_picture_to_look_at():
    shown = Image.open(io.BytesIO(pdf.picture(samples.SPECIMEN, pixels_per_inch=60)))
    assert shown.size == (496, 702)


def test_the_qr_is_where_its_words_say():
    picture = rasterised(drawn(samples.FACE), 150)
    corners = read_by_zxing(picture).position
    assert corners.top_right.x < picture.width / 2
    assert corners.top_left.y > picture.height * 3 / 4


@every_face
def test_pdfua_and_outloud_find_nothing(face, tmp_path):
    file = tmp_path / "certificate.pdf"
    file.write_bytes(drawn(face))
    report = pdfua.validate(file)
    assert [(finding.rule_id, finding.message) for finding in report.findings] == []
    result = outloud.check(str(file))
    assert not result.error
    assert (result.errors, result.warnings) == (0, 0)


def test_the_fonts_are_embedded():
    for name in _fonts(opened(drawn(samples.FACE))):
        assert "Noto" in name
        assert name[1:8].isupper() or "+" in name  # a subset, marked by its prefix


def _fonts(file: pypdf.PdfReader) -> list[str]:
    resources = file.pages[0]["/Resources"].get_object()
    fonts = [font.get_object() for font in resources["/Font"].get_object().values()]
    for font in fonts:
        descriptor = font["/DescendantFonts"][0].get_object()["/FontDescriptor"].get_object()
        assert "/FontFile3" in descriptor or "/FontFile2" in descriptor
    return [str(font["/BaseFont"]) for font in fonts]


@pytest.mark.parametrize("name", ["㛃", "䶮", "𠅤", "𬱖", "𬭎", "𫖯", "𬬭", "𰻝", "\u9ff0"])
def test_rare_names_print(name):
    assert f"兹证明王{name}完成" in words(pdf.one(samples.face(holder_name=f"王{name}")))


@pytest.mark.parametrize(("character", "code_point"), [("\U0002ebf0", "U+2EBF0"), ("\ue123", "U+E123")])
@pytest.mark.parametrize("field", ["holder_name", "course_name", "base_name"])
def test_a_character_without_a_glyph_is_refused_by_name(character, code_point, field):
    with pytest.raises(MissingGlyph) as refusal:
        pdf.one(samples.face(**{field: f"王{character}梅"}))
    assert refusal.value.facts == {"characters": [character], "code_points": [code_point]}
    assert "王" not in str(refusal.value)


@pytest.mark.parametrize(
    "name", ["*_#$<b>王</b>", "#panic()", "$x^2$", "= 标题", "//注释", "\\u{41}", "`代码` ~ @a", '"],"x":"']
)
def test_markup_in_a_name_is_only_characters(name):
    face = samples.face(holder_name=name, course_name=name)
    assert words(pdf.one(face)) == "".join("".join(face.texts()).split())


def test_a_batch_is_one_sheet_for_each_in_order_each_with_its_own_qr():
    faces = [
        samples.face(holder_name=f"学员{chr(0x4E00 + i)}", url=f"{samples.URL[:-3]}{i:03}") for i in range(49)
    ]
    faces.insert(7, samples.WORST)
    file = pdf.batch(faces, title="第三期证书，共50张")
    reader = opened(file)
    assert len(reader.pages) == 50
    assert reader.metadata is not None
    assert reader.metadata.title == "第三期证书，共50张"
    for i, face in enumerate(faces):
        assert "".join(face.holder_name.split()) in words(reader, i)
    for i in (0, 7, 49):
        assert read_by_zxing(rasterised(file, 150, page=i + 1)).text == faces[i].url


def test_a_batch_may_mix_languages():
    file = pdf.batch([samples.ENGLISH_FACE, samples.FACE], title="Certificates")
    assert opened(file).trailer["/Root"]["/Lang"] == "en"
    assert "Thisistocertifythat" in words(file, 0)
    assert "兹证明" in words(file, 1)


def test_one_bad_name_stops_the_whole_batch():
    with pytest.raises(MissingGlyph):
        pdf.batch([samples.FACE, samples.face(holder_name="\ue000")], title="x")


def test_an_empty_batch_is_a_mistake_of_the_caller():
    with pytest.raises(ValueError, match="at least one"):
        pdf.batch([], title="x")


def test_words_that_fit_no_sheet_are_refused_with_their_place():
    with pytest.raises(FaceTooLong) as refusal:
        pdf.batch([samples.FACE, samples.face(course_name="长" * 900)], title="x")
    assert refusal.value.facts == {"position": 2}


def test_the_same_certificate_gives_the_same_bytes():
    assert pdf.one(samples.FACE) == pdf.one(samples.FACE)
    assert pdf.one(samples.FACE) != pdf.one(samples.face(issued_on=date(2023, 7, 6)))


def test_several_threads_draw_at_once_each_its_own():
    made: dict[int, str] = {}

    def draw(i: int) -> None:
        made[i] = words(pdf.one(samples.face(holder_name=f"学员{i}号")))

    threads = [threading.Thread(target=draw, args=(i,)) for i in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(made) == list(range(8))
    assert all(f"学员{i}号" in text for i, text in made.items())
