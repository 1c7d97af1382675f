"""The library: what anyone may take from it, and the work of those who keep it."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from courses.models import OnlineResource, ResourceVisit
from courses.queries import resources as queries
from registry.queries.actors import actor_for
from tests.conftest import TODAY
from tests.courses.factories import a_skill
from tests.courses.resource_factories import MP4, TEXT, a_resource
from tests.registry.factories import a_base, a_federation, an_account

pytestmark = pytest.mark.django_db
LIBRARY = "/courses/library/"


def text(answer):
    return answer.content.decode()


def signed_in(role="base_manager", organisation=None):
    client = Client()
    client.force_login(an_account(role, organisation))
    return client


def test_anyone_sees_what_is_public_and_on_the_shelf():
    shown = a_resource(title="公开的课")
    hidden = [a_resource(title="内部的课", is_public=False), a_resource(title="草稿的课", published=False)]
    page = text(Client().get(LIBRARY))
    assert "学习资源，共 1 份" in page
    assert shown.title in page
    assert not any(one.title in page for one in hidden)
    for one in hidden:
        assert Client().get(f"{LIBRARY}{one.public_id}/").status_code == 404
        assert Client().get(f"{LIBRARY}{one.public_id}/file/").status_code == 404


def test_staff_also_see_what_is_only_for_them():
    inner = a_resource(title="内部的课", is_public=False)
    assert inner.title in text(signed_in().get(LIBRARY))


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ("skill=livestreaming", 1),
        ("skill=health-massage", 1),
        ("format=audio", 0),
        ("accessible=captions", 1),
        ("accessible=audio", 0),
        ("accessible=audio_description", 1),
        ("text=按摩", 1),
    ],
)
def test_it_is_narrowed_by_skill_format_and_accessible_format(query, count):
    a_resource()
    a_resource(title="按摩手法", skill="health-massage", accessible_formats=("audio_description",))
    assert f"共 {count} 份" in text(Client().get(f"{LIBRARY}?{query}"))


def test_a_resource_says_its_text_before_its_file():
    page = text(Client().get(f"{LIBRARY}{a_resource().public_id}/"))
    assert page.index("第二步，点开直播") < page.index("下载视频")
    assert "还没有文字版" not in page


def test_without_a_text_alternative_it_is_flagged_on_its_page_in_lists_and_in_the_work_list():
    base = a_base()
    bare = a_resource(base, text_alternative="")
    assert "还没有文字版" in text(Client().get(f"{LIBRARY}{bare.public_id}/"))
    assert "还没有文字版" in text(Client().get(LIBRARY))
    keeper = an_account("base_manager", base)
    [line] = queries.waiting(actor_for(keeper, on=TODAY), on=TODAY)
    assert (line.key, line.count, line.oldest) == ("resources_without_text", 1, TODAY)
    client = Client()
    client.force_login(keeper)
    assert "1 份学习资源没有文字版" in text(client.get("/"))
    assert "1 份学习资源没有文字版" in text(client.get("/courses/resources/?waiting=text"))
    assert queries.waiting(actor_for(an_account("trainer", base), on=TODAY), on=TODAY) == []


def test_the_file_is_something_to_keep_and_asked_about_again():
    held = a_resource()
    answer = Client().get(f"{LIBRARY}{held.public_id}/file/")
    assert answer.content == MP4
    assert answer["Content-Type"] == "video/mp4"
    assert answer["Content-Disposition"] == f'attachment; filename="{held.public_id}.mp4"'
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Cache-Control"] == "public, no-cache"
    again = Client().get(f"{LIBRARY}{held.public_id}/file/", headers={"If-None-Match": answer["ETag"]})
    assert again.status_code == 304
    inner = a_resource(is_public=False)
    assert signed_in().get(f"{LIBRARY}{inner.public_id}/file/")["Cache-Control"] == "no-store"


def test_opening_a_page_counts_one_look_of_the_day():
    held = a_resource()
    for _ in range(2):
        Client().get(f"{LIBRARY}{held.public_id}/")
    Client().head(f"{LIBRARY}{held.public_id}/")
    assert ResourceVisit.objects.get().times == 2


def test_a_keeper_files_a_resource_looks_at_it_and_publishes_it():
    base = a_base()
    client = signed_in("base_manager", base)
    a_skill()
    form = client.get("/courses/resources/new/").context["form"]
    assert form["owner"].initial == base.public_id
    assert form["provider"].initial == base.public_name
    said = {
        "owner": base.public_id,
        "title": "直播第一课",
        "skill": "livestreaming",
        "format": "video",
        "summary": "学会打开直播。",
        "text_alternative": TEXT,
        "accessible_formats": ["captions"],
        "language": "zh",
        "provider": "秦州学校",
        "is_public": "on",
        "file": SimpleUploadedFile("a.mp4", MP4),
    }
    answer = client.post("/courses/resources/new/", said, follow=True)
    assert "草稿，别人看不到" in text(answer)
    held = OnlineResource.objects.get()
    client.post(f"/courses/resources/{held.public_id}/publish/")
    assert "直播第一课" in text(Client().get(LIBRARY))
    client.post(f"/courses/resources/{held.public_id}/withdraw/")
    assert "直播第一课" not in text(Client().get(LIBRARY))


def test_a_refusal_stands_beside_its_field():
    base = a_base()
    held = a_resource(base, published=False)
    said = {"title": "盲人课", "skill": "livestreaming", "format": "video", "summary": "一", "language": "zh"}
    answer = signed_in("base_manager", base).post(
        f"/courses/resources/{held.public_id}/edit/", said | {"provider": "甲", "is_public": "on"}
    )
    assert answer.status_code == 422
    assert "公开的页面不能透露学员有残疾" in str(answer.context["form"].errors["title"])


def test_lists_take_as_many_queries_for_many_as_for_one(django_assert_num_queries):
    base = a_base()
    client = signed_in("base_manager", base)
    for _ in range(4):
        a_resource(base)
    client.get("/courses/resources/")
    with django_assert_num_queries(8):
        client.get("/courses/resources/")
    with django_assert_num_queries(3):
        Client().get(LIBRARY)


def test_the_api_says_the_same():
    base = a_base()
    held = a_resource(base, is_public=False)
    assert Client().get("/api/courses/resources").json()["count"] == 0
    assert Client().get(f"/api/courses/resources/{held.public_id}").status_code == 404
    keeper = signed_in("base_manager", base)
    assert keeper.get("/api/courses/resources?accessible=captions").json()["count"] == 1
    new = {
        "owner": base.public_id,
        "title": "按摩手法",
        "skill": "livestreaming",
        "format": "audio",
        "summary": "听完会做三个手法。",
        "provider": "秦州学校",
        "is_public": True,
    }
    made = keeper.post("/api/courses/resources", new, "application/json").json()
    assert (made["state"], made["lacks_text"]) == ("draft", True)
    address = f"/api/courses/resources/{made['public_id']}"
    assert keeper.post(f"{address}/publish").status_code == 409
    sound = SimpleUploadedFile("a.mp3", b"ID3\x04" + bytes(9))
    assert keeper.post(f"{address}/file", {"file": sound}).status_code == 200
    assert keeper.post(f"{address}/publish").json()["state"] == "published"
    changed = keeper.put(address, new | {"text_alternative": "一二三"}, "application/json").json()
    assert changed["lacks_text"] is False
    assert Client().get(address).json()["text_alternative"] == "一二三"
    assert Client().get(f"{address}/file").content.startswith(b"ID3")
    assert keeper.post(f"{address}/withdraw").json()["state"] == "withdrawn"
    assert Client().get(address).status_code == 404
    other = new | {"owner": a_federation("360000").public_id}
    assert keeper.post("/api/courses/resources", other, "application/json").status_code == 404
    assert (
        signed_in("trainer", base).post("/api/courses/resources", new, "application/json").status_code == 403
    )
