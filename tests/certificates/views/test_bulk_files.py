"""Files of a whole class: made at once when small, by the worker when large, and never lost, doubled or left lying."""

import io
import zipfile
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.http import StreamingHttpResponse
from django.test import Client
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from PIL import Image
from pypdf import PdfReader

from certificates import tasks
from certificates.actions import bulk_files, certificates
from certificates.errors import NothingToPrint
from certificates.faces.errors import FaceTooLong
from certificates.models import BulkFile, BulkPart, Certificate
from certificates.models.bulk_files import BulkKind
from certificates.queries.bulk_files import standing
from certificates.views import making
from courses.models import Cohort
from registry.actions import tasks as queue
from registry.management.commands.worker import Worker
from registry.queries.making import MakingState
from registry.rules.access import SYSTEM
from tests.certificates.factories import ISSUED_ON, a_cohort_to_certify
from tests.registry.factories import a_base, an_account

pytestmark = pytest.mark.django_db
AT = datetime(2024, 6, 24, 1, tzinfo=UTC)


@pytest.fixture(autouse=True)
def small_steps(monkeypatch: pytest.MonkeyPatch) -> None:
    """Few certificates are many here: 2 sheets in a PDF, 2 images in a step, 3 at once."""
    monkeypatch.setattr(making, "SHEETS", 2)
    monkeypatch.setattr(making, "IMAGES", 2)
    monkeypatch.setattr(making, "AT_ONCE", {BulkKind.PDF: 3, BulkKind.IMAGES: 3})


def a_class(size: int) -> Cohort:
    cohort = a_cohort_to_certify(size)
    certificates.issue_cohort(by=SYSTEM, on=ISSUED_ON, cohort=cohort)
    return cohort


def asked(size: int = 5, kind: str = "pdf", *, in_background: bool = True) -> BulkFile:
    cohort = a_class(size)
    return bulk_files.ask(
        by=SYSTEM, on=ISSUED_ON, at=timezone.now(), cohort=cohort, kind=kind, in_background=in_background
    )


def manager(client: Client, cohort: Cohort) -> None:
    client.force_login(an_account("base_manager", cohort.base))


def ask_page(client: Client, cohort: Cohort, kind: str) -> str:
    return client.post(f"/courses/cohorts/{cohort.public_id}/certificates/files", {"kind": kind}).url  # type: ignore[attr-defined]


def sent(answer: Any) -> bytes:
    return b"".join(answer.streaming_content) if isinstance(answer, StreamingHttpResponse) else answer.content


def names_on(pdf: bytes) -> list[str]:
    text = ["".join(page.extract_text().split()) for page in PdfReader(io.BytesIO(pdf)).pages]
    holders = Certificate.objects.order_by("enrolment_id").values_list("holder_name", flat=True)
    return [next(name for name in holders if f"兹证明{name}完成" in page) for page in text]


def test_a_small_one_is_made_while_one_waits(client: Client) -> None:
    cohort = a_class(3)
    manager(client, cohort)
    url = ask_page(client, cohort, "images")
    page = client.get(url).content.decode()
    answer = client.get(url + "download")

    assert "<h1>文件已备好：3 张证书</h1>" in page
    assert not DBTaskResult.objects.exists()
    assert answer["Cache-Control"] == "no-store"
    with zipfile.ZipFile(io.BytesIO(sent(answer))) as archive:
        assert archive.testzip() is None
        numbers = Certificate.objects.order_by("enrolment_id").values_list("number", flat=True)
        assert archive.namelist() == [f"{number}.png" for number in numbers]
        assert Image.open(archive.open(archive.namelist()[0])).width == 1080


def test_a_large_one_waits_for_the_worker_and_the_page_says_how_far_it_is(client: Client) -> None:
    cohort = a_class(5)
    manager(client, cohort)
    url = ask_page(client, cohort, "pdf")
    waiting = client.get(url).content.decode()
    assert "<h1>正在准备文件：已完成 0 / 5</h1>" in waiting
    assert "后台程序现在没有运行" in waiting
    assert client.get(url + "download").status_code == 404

    held = BulkFile.objects.get()
    first = next(making._missing(held))
    bulk_files.keep(held=held, parts=first, at=timezone.now())
    assert "<h1>正在准备文件：已完成 2 / 5</h1>" in client.get(url).content.decode()

    tasks.make_bulk_file.call(held.pk)
    assert "<h1>文件已备好：5 张证书</h1>" in client.get(url).content.decode()
    with zipfile.ZipFile(io.BytesIO(sent(client.get(url + "download")))) as archive:
        assert archive.namelist() == [f"{cohort.public_id}-{n}.pdf" for n in (1, 2, 3)]
        names = [name for one in archive.namelist() for name in names_on(archive.read(one))]
    assert names == list(Certificate.objects.order_by("enrolment_id").values_list("holder_name", flat=True))


@pytest.mark.django_db(transaction=True)
def test_the_worker_makes_it() -> None:
    held = asked()
    Worker().run_what_waits()
    assert standing(held := BulkFile.objects.get(pk=held.pk), at=AT).state == MakingState.READY
    assert DBTaskResult.objects.get(pk=held.task_id).status == "SUCCESSFUL"


def test_begun_again_after_a_kill_it_goes_on_where_it_was(monkeypatch: pytest.MonkeyPatch) -> None:
    held = asked(5, "images")
    made: list[str] = []
    drawn = making.phone_image.draw

    def draw(face: Any) -> bytes:
        if len(made) == 3:
            raise KeyboardInterrupt
        made.append(face.number)
        return drawn(face)

    monkeypatch.setattr(making.phone_image, "draw", draw)
    with pytest.raises(KeyboardInterrupt):
        making.make(held.pk)
    assert standing(held, at=AT).done == 2
    monkeypatch.setattr(making.phone_image, "draw", lambda face: made.append(face.number) or drawn(face))
    making.make(held.pk)

    # One image that was drawn and not kept is drawn again; none is there twice.
    assert len(made) == 6
    assert sorted(held.parts.values_list("place", flat=True)) == [0, 1, 2, 3, 4]


def test_made_twice_at_once_it_is_there_once() -> None:
    held = asked()
    for parts in (*making._missing(held), *making._missing(held)):
        bulk_files.keep(held=held, parts=parts, at=AT)
    assert BulkPart.objects.count() == 3
    assert standing(BulkFile.objects.get(), at=AT).done == 5


def test_asking_again_gives_the_same_file_until_the_class_changes() -> None:
    held = asked()

    def again() -> BulkFile:
        return bulk_files.ask(by=SYSTEM, on=ISSUED_ON, at=timezone.now(), cohort=held.cohort, kind="pdf")

    assert again() == held
    assert {one.copies for one in Certificate.objects.all()} == {1}
    first = Certificate.objects.earliest("pk")
    certificates.withdraw(by=SYSTEM, on=ISSUED_ON, certificate=first, reason_class="fraud")
    assert again() != held


def test_who_is_withdrawn_meanwhile_is_left_out(client: Client) -> None:
    held = asked(3)
    first = Certificate.objects.earliest("enrolment_id")
    certificates.withdraw(by=SYSTEM, on=ISSUED_ON, certificate=first, reason_class="fraud")
    making.make(held.pk)
    manager(client, held.cohort)
    with zipfile.ZipFile(
        io.BytesIO(sent(client.get(f"/certificate-files/{held.public_id}/download")))
    ) as archive:
        names = [name for one in archive.namelist() for name in names_on(archive.read(one))]
    assert len(names) == 2
    assert first.holder_name not in names


def test_what_cannot_be_printed_is_told_with_its_place_and_not_tried_again(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    held = asked()
    whole, calls = making.pdf.batch, []

    def batch(faces: Any, **options: Any) -> bytes:
        """As with words too long on the last sheet of the second file: the fourth certificate of all."""
        calls.append(len(faces))
        if len(calls) == 2:
            raise FaceTooLong(position=2)
        return whole(faces, **options)

    monkeypatch.setattr(making.pdf, "batch", batch)
    for _again in range(2):
        making.make(held.pk)
    manager(client, held.cohort)
    page = client.get(f"/certificate-files/{held.public_id}/").content.decode()
    assert "<h1>文件没有做成</h1>" in page
    assert "第 4 张证书的文字太长" in page
    assert calls == [2, 2]


def test_a_sign_that_no_font_has_is_named() -> None:
    held = asked()
    Certificate.objects.filter(pk=held.certificates[3]).update(holder_name="王\ue123")
    making.make(held.pk)
    stands = standing(BulkFile.objects.get(), at=AT)
    assert (stands.state, stands.problem, stands.done) == (MakingState.FAILED, "missing_glyph", 2)
    assert stands.facts["code_points"] == ["U+E123"]


def test_what_failed_for_another_reason_is_told_and_can_be_asked_for_again(client: Client) -> None:
    held = asked()
    DBTaskResult.objects.filter(pk=held.task_id).update(status="FAILED")
    manager(client, held.cohort)
    assert "系统试了几次都没有做成" in client.get(f"/certificate-files/{held.public_id}/").content.decode()
    assert bulk_files.ask(by=SYSTEM, on=ISSUED_ON, at=timezone.now(), cohort=held.cohort, kind="pdf") != held


def test_it_is_there_for_a_day(client: Client) -> None:
    held = asked(1, in_background=False)
    making.make(held.pk)
    manager(client, held.cohort)
    url = f"/certificate-files/{held.public_id}/"
    assert client.get(url + "download").status_code == 200
    BulkFile.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    assert client.get(url).status_code == 404
    assert client.get(url + "download").status_code == 404
    tasks.forget_bulk_files(at=timezone.now())
    assert not BulkPart.objects.exists()
    assert not BulkFile.objects.exists()


def test_it_is_not_for_other_bases(client: Client) -> None:
    held = asked(1, in_background=False)
    making.make(held.pk)
    client.force_login(an_account("base_manager", a_base("620503")))
    for end in ("", "download"):
        assert client.get(f"/certificate-files/{held.public_id}/{end}").status_code == 404


def test_a_class_without_certificates_has_no_file() -> None:
    with pytest.raises(NothingToPrint):
        bulk_files.ask(by=SYSTEM, on=ISSUED_ON, at=AT, cohort=a_cohort_to_certify(1), kind="pdf")


def test_the_task_is_wanted_only_if_the_file_is() -> None:
    held = asked()
    task = queue.claim(holder="one", at=timezone.now())
    assert task is not None
    assert (str(task.pk), task.args_kwargs["args"]) == (held.task_id, [held.pk])


def test_too_many_to_wait_for_are_not_printed_by_the_link(client: Client) -> None:
    cohort = a_class(4)
    manager(client, cohort)
    url = f"/courses/cohorts/{cohort.public_id}/certificates"
    assert client.post(url + ".pdf")["Location"] == url + "/"
    assert "准备打印全部 4 张有效证书的 PDF" in client.get(url + "/").content.decode()
    assert "下载 PDF 打印全部" not in client.get(url + "/").content.decode()


def test_keeping_a_part_costs_the_same_whatever_is_there(django_assert_num_queries: Any) -> None:
    held = asked(7, "images")
    for parts in making._missing(held):
        with django_assert_num_queries(5 if parts[-1].place < 6 else 6):
            bulk_files.keep(held=held, parts=parts, at=AT)
