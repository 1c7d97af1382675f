"""Settings of the tests: development settings, a cheap password hasher, plain static files, keys of their own."""

import atexit
import os
import shutil
import tempfile

os.environ.setdefault("TWOSKILLS_ENV", "development")
if "TWOSKILLS_VAR" not in os.environ:  # the first process of a run: its workers and servers share the folder
    os.environ["TWOSKILLS_VAR"] = tempfile.mkdtemp(prefix="twoskills-test-")
    atexit.register(shutil.rmtree, os.environ["TWOSKILLS_VAR"], ignore_errors=True)

from registry.settings import *  # noqa: F403

STATIC_ROOT.mkdir(parents=True, exist_ok=True)  # noqa: F405  # as after collectstatic; the tests use the finders

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}

# A file, so that threads and the live server share it; what a power cut would lose does not matter here.
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):  # noqa: F405
    DATABASES["default"]["TEST"] = {"NAME": os.path.join(os.environ["TWOSKILLS_VAR"], "test.sqlite3")}  # noqa: F405
    DATABASES["default"]["OPTIONS"]["init_command"] = (  # noqa: F405
        "PRAGMA journal_mode=WAL; PRAGMA synchronous=OFF; PRAGMA foreign_keys=ON;"
    )
else:
    DATABASES["default"]["OPTIONS"]["pool"] = False  # noqa: F405  # each test closes its connections itself
