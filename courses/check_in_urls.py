"""The public pages of check-in, at an address that is short enough to be said aloud: /qd/, for 签到."""

from django.urls import path

from courses.views import public_check_ins

app_name = "check-in"
urlpatterns = [
    path("", public_check_ins.code, name="code"),
    path("<str:token>/", public_check_ins.who, name="who"),
]
