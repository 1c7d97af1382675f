"""Pages of `certificates`."""

from django.urls import path

from certificates.views import public

app_name = "certificates"
urlpatterns = [
    # Public. The first is answered by certificates/public.py before it gets here.
    path("C/<str:code>", public.certificate, name="verify"),
    path("verify/", public.look_up, name="look-up"),
    path(".well-known/twoskills-trust.json", public.trust, name="trust"),
]
