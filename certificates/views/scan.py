"""Checking a certificate from a picture of it: the browser's camera, or a photo or PDF that the server reads.

The file is read in memory and forgotten. What it says leads to the certificate's own page, signature and all:
a redirect may carry the part after "#", which no other server then sees.
"""

from dataclasses import dataclass
from typing import IO, Any

from django import forms
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.files.uploadhandler import MemoryFileUploadHandler
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from certificates.limits import SCANS
from certificates.proof import codes, scan
from certificates.proof.errors import AddressError, FragmentError, ScanError
from certificates.proof.fragment import parse_url, to_bytes
from registry.actions import throttles
from registry.forms import Form
from registry.requests import client_address

_FORM_OVERHEAD = 10_000

PROBLEMS = {
    "scan_too_large": _("文件太大，最多 20 MB。请拍一张只有二维码的照片再试。"),
    "scan_format": _("这不是能读的照片或 PDF。请选择 JPEG、PNG、WebP 等照片，或者证书的 PDF。"),
    "scan_encrypted": _("这个 PDF 设有密码，读不了。请对着二维码拍一张照片。"),
    "scan_failed": _("这个文件读不了。请对着二维码拍一张照片再试。"),
    "no_qr": _(
        "没有找到二维码。请在光线好的地方重拍：纸放平，整个二维码连同四周的白边都在画面里，不要反光。"
    ),
}


class ScanForm(Form):
    file = forms.FileField(
        label=_("照片或 PDF"),
        help_text=_(
            "拍下证书上的二维码，或者选择手机里的证书照片、PDF，不超过 20 MB。文件读完即丢弃，不保存。"
        ),
        widget=forms.FileInput(attrs={"accept": "image/*,application/pdf"}),
        error_messages={"required": _("请拍照或选择文件。"), "empty": PROBLEMS["scan_format"]},
    )


@dataclass(frozen=True)
class Found:
    """One certificate that a picture shows."""

    code: str
    fragment: str

    @property
    def path(self) -> str:
        return f"/C/{self.code}" + (f"#{self.fragment}" if self.fragment else "")

    @property
    def shown(self) -> str:
        return codes.format_code(self.code)

    @property
    def spoken(self) -> str:
        return codes.spoken_code(self.code)


class InMemoryOnly(MemoryFileUploadHandler):
    """Keeps the file off the disk; one that is too large is not kept at all."""

    def handle_raw_input(
        self,
        input_data: IO[bytes],
        META: dict[str, str],  # noqa: N803  Django's name for it
        content_length: int,
        boundary: str,
        encoding: str | None = None,
    ) -> None:
        self.activated = content_length <= scan.MAX_BYTES + _FORM_OVERHEAD


@login_not_required
@csrf_exempt  # changes nothing: it reads a file and says what stands in it
@require_http_methods(["GET", "HEAD", "POST"])
def scanner(request: HttpRequest) -> HttpResponse:
    """The scanner; `?seen=` is where its script goes when the camera saw something that is no certificate of ours."""
    if request.method != "POST":
        seen = request.GET.get("seen", "")
        return _page(request, ScanForm(), seen=seen if seen in ("other", "elsewhere") else "")
    request.upload_handlers = [InMemoryOnly(request)]
    # Counted before the file is read: reading it is what costs.
    throttles.hit(source=client_address(request), at=timezone.now(), **SCANS)
    form = ScanForm(request.POST, request.FILES)
    if not form.is_valid():
        if int(request.headers.get("Content-Length") or 0) > scan.MAX_BYTES + _FORM_OVERHEAD:
            form.errors.clear()
            form.add_error("file", PROBLEMS["scan_too_large"])
        return _page(request, form, status=422)
    try:
        texts = scan.read(form.cleaned_data["file"].read())
    except ScanError as error:
        form.add_error("file", PROBLEMS[error.code])
        return _page(request, form, status=422)
    if not texts:
        form.add_error("file", PROBLEMS["no_qr"])
        return _page(request, form, status=422)
    return _answer(request, texts)


def _answer(request: HttpRequest, texts: list[str]) -> HttpResponse:
    found: dict[str, Found] = {}
    elsewhere: list[str] = []
    for text in texts:
        certificate, host = certificate_in(text)
        if certificate:
            found.setdefault(certificate.code, certificate)
        elif host:
            elsewhere.append(host)
    if len(found) == 1 and not elsewhere:
        return HttpResponseRedirect(next(iter(found.values())).path)
    seen = "elsewhere" if elsewhere else "" if found else "other"
    return _page(request, ScanForm(), seen=seen, found=list(found.values()), hosts=elsewhere)


def certificate_in(text: str) -> tuple[Found | None, str]:
    """The certificate that a QR's text names, or else the other website that it imitates us with."""
    try:
        address = parse_url(text)
    except AddressError:
        return None, ""
    if address.base_url != settings.PUBLIC_BASE_URL.lower():
        return None, address.base_url.partition("://")[2]
    try:
        to_bytes(address.fragment)
    except FragmentError:
        # Without a readable signature the code still leads to the register's own answer.
        return Found(address.code, ""), ""
    return Found(address.code, address.fragment), ""


def _page(request: HttpRequest, form: ScanForm, *, status: int = 200, **context: Any) -> HttpResponse:
    told = {"form": form, "seen": "", "found": [], "hosts": [], **context}
    response = render(request, "certificates/scan.html", told, status=status)
    response["Cache-Control"] = "no-store" if request.method == "POST" else "no-cache"
    return response
