"""What is kept in the library, what is refused, and who may do it."""

import io
import zipfile

import pytest

from courses.actions import resources
from courses.errors import ResourceEmpty
from courses.models import OnlineResource, ResourceFile, ResourceVisit
from courses.rules.resource_files import MOST_BYTES
from registry.errors import InvalidInput, NotPermitted
from registry.models import AuditEvent
from registry.rules.access import SYSTEM, Role
from tests.conftest import TODAY
from tests.courses.factories import a_course
from tests.courses.resource_factories import MP4, a_resource, about
from tests.registry.factories import a_base, a_federation, an_actor

pytestmark = pytest.mark.django_db


def problems(**values):
    with pytest.raises(InvalidInput) as refused:
        a_resource(**values)
    return refused.value.facts["fields"]


def test_a_resource_is_kept_with_what_its_file_is():
    held = a_resource()
    assert (held.file.media_type, held.file.size) == ("video/mp4", len(MP4))
    assert (held.state, held.published_on) == ("published", TODAY)
    assert held.accessible_formats == ["captions", "transcript"]


@pytest.mark.parametrize(
    ("medium", "data", "kind"),
    [
        ("audio", b"ID3\x04" + bytes(9), "audio/mpeg"),
        ("audio", b"\xff\xfb\x90\x64", "audio/mpeg"),
        ("audio", b"\x00\x00\x00\x20ftypM4A \x00", "audio/mp4"),
        ("video", b"\x1a\x45\xdf\xa3" + bytes(9), "video/webm"),
        ("text", b"%PDF-1.7", "application/pdf"),
        ("text", "第一课\r\n打开手机".encode(), "text/plain"),
    ],
)
def test_the_first_bytes_say_what_a_file_is(medium, data, kind):
    assert a_resource(format=medium, data=data).file.media_type == kind


def presentation(*names):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name in ("ppt/presentation.xml", *names):
            archive.writestr(name, "<x/>")
    return packed.getvalue()


def test_slides_are_kept_and_slides_with_macros_are_not():
    kept = a_resource(format="slides", data=presentation())
    assert kept.file.media_type.endswith("presentation")
    assert problems(format="slides", data=presentation("ppt/vbaProject.bin")) == {"file": "resource_type"}


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({"data": b"<html><script>alert(1)</script>", "format": "text"}, {"file": "resource_type"}),
        ({"data": b"MZ\x90\x00program", "format": "text"}, {"file": "resource_type"}),
        ({"data": b"%PDF-1.7", "format": "video"}, {"file": "resource_type"}),
        ({"data": MP4 + bytes(MOST_BYTES)}, {"file": "resource_too_large"}),
        ({"title": " "}, {"title": "field_missing"}),
        ({"title": "盲人按摩第一课"}, {"title": "resource_discloses"}),
        ({"text_alternative": "给残疾人讲"}, {"text_alternative": "resource_discloses"}),
        ({"provider": "天水市残疾人联合会"}, {"provider": "resource_discloses"}),
        ({"format": "smell"}, {"format": "field_choice"}),
        ({"format": "link", "data": b"", "link": "http://example.cn/a"}, {"link": "resource_link"}),
        ({"format": "link", "data": b"", "link": "javascript:alert(1)"}, {"link": "field_invalid"}),
        ({"format": "link", "data": b"", "link": "https://a@b.cn/"}, {"link": "resource_link"}),
        ({"link": "https://example.cn/a"}, {"link": "resource_link_unwanted"}),
        ({"accessible_formats": ("smell",)}, {"accessible_formats": "field_choice"}),
        ({"text_alternative": "一\u202e二"}, {"text_alternative": "field_characters"}),
    ],
)
def test_what_cannot_be_kept_is_refused_by_field(values, expected):
    found = problems(**values)
    assert found == expected
    assert not OnlineResource.objects.exists()


def test_what_only_staff_see_may_say_whom_it_is_for():
    assert a_resource(title="盲人按摩第一课", is_public=False).title == "盲人按摩第一课"


def test_a_course_teaches_the_skill_of_its_resources():
    base = a_base()
    course = a_course(base, skill="health-massage")
    assert problems(base=base, course=course) == {"course": "resource_course_skill"}
    assert a_resource(base, course=course, skill="health-massage").course == course


@pytest.mark.parametrize(
    ("values", "lacks"),
    [
        ({}, False),
        ({"text_alternative": ""}, True),
        ({"text_alternative": "", "format": "text", "data": "写成文字的课".encode()}, False),
        ({"text_alternative": "", "format": "text", "data": b"%PDF-1.7"}, True),
    ],
)
def test_what_cannot_be_read_as_text_is_flagged(values, lacks):
    held = a_resource(**values)
    assert held.lacks_text is lacks
    assert OnlineResource.objects.without_text().filter(pk=held.pk).exists() is lacks


def test_nothing_empty_goes_on_the_shelf():
    with pytest.raises(ResourceEmpty):
        a_resource(data=b"", text_alternative="")


def test_a_new_file_takes_the_place_of_the_old_and_a_link_of_both():
    held = a_resource()
    resources.edit(by=SYSTEM, on=TODAY, resource=held, about=about(), data=MP4 + b"new")
    assert ResourceFile.objects.get().size == len(MP4) + 3
    resources.edit(by=SYSTEM, on=TODAY, resource=held, about=about(title="改了标题"))
    assert ResourceFile.objects.get().size == len(MP4) + 3
    link = about(format="link", link="https://example.cn/1")
    resources.edit(by=SYSTEM, on=TODAY, resource=held, about=link)
    assert not ResourceFile.objects.exists()


def test_the_format_cannot_leave_its_file_behind():
    with pytest.raises(InvalidInput) as refused:
        resources.edit(by=SYSTEM, on=TODAY, resource=a_resource(), about=about(format="audio"))
    assert refused.value.facts["fields"] == {"file": "resource_type"}


def test_down_and_up_again_each_leaves_one_audit_row():
    held = a_resource()
    for _ in range(2):
        resources.withdraw(by=SYSTEM, on=TODAY, resource=held)
    assert OnlineResource.objects.get().state == "withdrawn"
    for _ in range(2):
        resources.publish(by=SYSTEM, on=TODAY, resource=held)
    verbs = AuditEvent.objects.filter(subject_id=held.public_id).values_list("verb", flat=True)
    assert sorted(verbs) == [
        "resource.created",
        "resource.published",
        "resource.published",
        "resource.withdrawn",
    ]


@pytest.mark.parametrize("role", set(Role) - {Role.FEDERATION_OFFICER, Role.BASE_MANAGER})
def test_who_does_not_keep_the_library_changes_nothing(role):
    base = a_base("620502")
    held = a_resource(base, published=False)
    actor = an_actor(role, base if role == "trainer" else a_federation("620502"))
    for act in (resources.publish, resources.withdraw):
        with pytest.raises(NotPermitted):
            act(by=actor, on=TODAY, resource=held)
    with pytest.raises(NotPermitted):
        resources.edit(by=actor, on=TODAY, resource=held, about=about())


def test_a_base_keeps_its_own_only():
    stranger = an_actor("base_manager", a_base("620502"))
    with pytest.raises(NotPermitted):
        resources.publish(by=stranger, on=TODAY, resource=a_resource(a_base("620502"), published=False))


def test_visits_are_counted_by_day_and_nothing_else():
    held = a_resource()
    for _ in range(3):
        resources.count_visit(resource=held, on=TODAY)
    assert list(ResourceVisit.objects.values_list("on", "times")) == [(TODAY, 3)]
    assert {field.name for field in ResourceVisit._meta.get_fields()} == {"id", "resource", "on", "times"}
