"""Settings, all from the environment (docs/operating.md lists every variable).

Development (`TWOSKILLS_ENV=development`, the default of the Makefile) makes its own keys in `var/` on first
start. Production has no default for any secret and refuses to start without it.
"""

import base64
import os
import secrets
from contextlib import suppress
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

from registry import env

BASE_DIR = Path(__file__).resolve().parent.parent

# Without a word the strict one: an installation must not turn lax because a variable got lost.
ENVIRONMENT = env.text("TWOSKILLS_ENV", "production")
if ENVIRONMENT not in ("development", "production"):
    raise ImproperlyConfigured("TWOSKILLS_ENV must be development or production.")
PRODUCTION = ENVIRONMENT == "production"

# What the installation writes: database, keys, uploads. Ignored by git.
VAR = Path(env.text("TWOSKILLS_VAR", None if PRODUCTION else str(BASE_DIR / "var")))


def _secret(name: str) -> str:
    """A secret of 32 random bytes in base64; made and kept in VAR only in development."""
    if PRODUCTION:
        return env.text(name)
    if name in os.environ or f"{name}_FILE" in os.environ:
        return env.text(name)
    path = VAR / "keys" / name
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        fresh = path.with_suffix(f".{os.getpid()}")
        fresh.touch(mode=0o600)
        fresh.write_text(base64.b64encode(secrets.token_bytes(32)).decode())
        with suppress(FileExistsError):  # another process was first; its key is the one read below
            os.link(fresh, path)
        fresh.unlink()
    return path.read_text().strip()


SECRET_KEY = _secret("SECRET_KEY")
# Key ring that seals personal data: "id:base64,id:base64", the first one seals, all open.
SEALING_KEYS = env.text("SEALING_KEYS", None if PRODUCTION else f"1:{_secret('SEALING_KEY_1')}")
# Key of the blind index; kept apart from the database and its backups.
INDEX_KEY = _secret("INDEX_KEY")
# Where the private signing keys are: a class with the methods of certificates.keystore.KeyStore (docs/keys.md).
KEY_STORES = {
    "files": "certificates.keystore.files.FileKeyStore",
    "environment": "certificates.keystore.environment.EnvironmentKeyStore",
}
_key_store = env.text("KEY_STORE", "files")
KEY_STORE = KEY_STORES.get(_key_store, _key_store)
# files: their folder, mode 0600 (manage.py create_signing_key makes them).
_no_folder = None if PRODUCTION and _key_store == "files" else str(VAR / "keys" / "signing")
SIGNING_KEY_DIR = Path(env.text("SIGNING_KEY_DIR", _no_folder))
# environment: PEM blocks, one after another.
SIGNING_KEYS = env.text("SIGNING_KEYS", None if _key_store == "environment" else "")

# Where the status lists are written for a web server or CDN to hand out; without it the site does so itself.
_status_folder = env.text("STATUS_FOLDER", "")
STATUS_FOLDER = Path(_status_folder) if _status_folder else None

DEBUG = env.flag("DEBUG", False)
ALLOWED_HOSTS = env.words("ALLOWED_HOSTS", None if PRODUCTION else "127.0.0.1,localhost,[::1]")
# Where the public finds us: printed into every QR, so it must be short and stay for the certificates' life.
PUBLIC_BASE_URL = env.text("PUBLIC_BASE_URL", None if PRODUCTION else "http://127.0.0.1:8000").rstrip("/")
CSRF_TRUSTED_ORIGINS = [PUBLIC_BASE_URL]
# Number of trusted proxies in front: 0 means the peer's own address counts for rate limits.
TRUSTED_PROXIES = env.number("TRUSTED_PROXIES", 0)
# Words of this place, beyond those of certificates/rules/wording.py, that must not appear on a certificate.
DISCLOSING_WORDS = env.words("DISCLOSING_WORDS", "")
# How long a partner's file and what it says of people are kept (docs/exchange.md).
COMPARISON_DAYS = env.number("COMPARISON_DAYS", 30)
# How long the personal link on a printed slip opens its holder's certificates.
SLIP_DAYS = env.number("SLIP_DAYS", 180)

INSTALLED_APPS = [
    "registry",
    "courses",
    "certificates",
    "goals",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "ninja",
    "django_tasks",
    "django_tasks_db",
]
MIDDLEWARE = [
    "registry.middleware.SecurityHeaders",
    "certificates.public.VerifyFastPath",
    "certificates.cors.OpenToOtherSites",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "registry.middleware.Preferences",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "registry.middleware.CurrentActor",
    "registry.middleware.SignInRequired",
    "django.contrib.messages.middleware.MessageMiddleware",
    "registry.middleware.Refusals",
]
ROOT_URLCONF = "registry.urls"
WSGI_APPLICATION = "registry.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "registry.context.page",
            ],
            "builtins": ["registry.templatetags.page"],
        },
    }
]
FORM_RENDERER = "registry.forms.Renderer"

DATABASES = {
    "default": env.database(
        env.text("DATABASE_URL", None if PRODUCTION else f"sqlite:///{VAR / 'twoskills.sqlite3'}")
    )
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "registry.Account"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 8}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "registry:sign-in"
LOGIN_REDIRECT_URL = "registry:home"
# 30 idle minutes, renewed by each request (ASVS 5.0 7.3.1; GB/T 22239-2019 8.1.4.1 b).
SESSION_COOKIE_AGE = 30 * 60
SESSION_SAVE_EVERY_REQUEST = True
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = PUBLIC_BASE_URL.startswith("https://")
SESSION_COOKIE_NAME = "__Host-session" if SESSION_COOKIE_SECURE else "session"
CSRF_COOKIE_NAME = "__Host-csrf" if CSRF_COOKIE_SECURE else "csrf"
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
if PUBLIC_BASE_URL.startswith("https://"):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if TRUSTED_PROXIES else None
CSRF_FAILURE_VIEW = "registry.views.refusals.csrf_failure"

# A roster of 10,000 rows is about 1 MB; the workbook guard counts what it unpacks to.
DATA_UPLOAD_MAX_MEMORY_SIZE = 6 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 6 * 1024 * 1024
# A 60-person attendance grid with 60 sessions is 3,600 fields.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "简体中文"), ("zh-hant", "繁體中文"), ("en", "English")]
USE_I18N = True
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True

STATIC_URL = "static/"
STATIC_ROOT = VAR / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = False

# Tables that only count looks; a GET may write to these and to no other (registry/middleware.py).
COUNTERS = ["registry_throttle", "certificates_shareopening", "courses_resourcevisit"]

# Called inside the transaction of the write whenever facts about people change, so that an app above can keep
# its figures exact without being imported by the apps below (registry/facts.py).
FACT_LISTENERS = ["goals.actions.figures.people_changed"]
STANDARD_LISTENERS = ["goals.actions.periods.standard_decided"]

# What the review flags ask of the apps above `courses`: the day of the first certificate by enrolment, and the cohorts
# that a subject of the audit trail belongs to, by its public ids.
CERTIFIED_ON = "certificates.queries.flag_facts.certified_on"
FLAG_SUBJECTS = {"certificate": "certificates.queries.flag_facts.cohorts"}

# Background work, done by `manage.py worker`: tasks are rows of the database they concern.
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
# Periodic work (registry/actions/beats.py): a function, called with at=, and how often in seconds of the local day.
BEATS = [
    ("certificates.actions.effects.apply_due", 60),
    ("certificates.tasks.publish_status", 60),
    ("courses.tasks.recheck_what_changed", 60),
    ("courses.tasks.recheck_what_runs", 24 * 3600),
    ("registry.tasks.forget_spent", 24 * 3600),
    ("courses.tasks.make_due_follow_ups", 24 * 3600),
    ("certificates.tasks.forget_closed_shares", 24 * 3600),
    ("goals.tasks.count_what_dates_changed", 24 * 3600),
    ("goals.tasks.open_year", 24 * 3600),
    ("goals.tasks.take_snapshots", 24 * 3600),
    ("goals.tasks.fold_figures", 15 * 60),
    ("certificates.tasks.forget_bulk_files", 3600),
    ("courses.tasks.forget_export_files", 3600),
    ("courses.tasks.forget_comparisons", 24 * 3600),
]

# Tells the courses which certificates people hold: subsidies rest on them, and certificates are an app above.
QUALIFICATIONS = "certificates.queries.qualifications.held"

# What waits for somebody on the first page, one list per app (registry/work.py).
WORK_LISTS = [
    "registry.queries.work.waiting",
    "registry.queries.base_work.waiting",
    "registry.queries.notice_work.waiting",
    "courses.queries.work.waiting",
    "courses.queries.evaluation_work.waiting",
    "courses.queries.exam_work.waiting",
    "courses.queries.subsidy_work.waiting",
    "courses.queries.resources.waiting",
    "courses.queries.comparisons.waiting",
    "courses.queries.flags.waiting",
    "courses.queries.employment_work.waiting",
    "certificates.queries.work.waiting",
    "goals.queries.report_work.waiting",
    "goals.queries.work.waiting",
]

# What the figures say to whoever opens the first page (registry/work.py).
FINDINGS = ["goals.queries.work.findings"]

# Draws a QR and reads it back: `draw(text, error_correction)` gives one with `svg()`. Of an app above, so by its name.
QR_DRAWER = "certificates.faces.qr.draw"

# Words for refusal and problem codes, one list per app (registry/words.py).
WORDS = [
    "registry.words.WORDS",
    "registry.standard_words.WORDS",
    "registry.notice_words.WORDS",
    "registry.base_words.WORDS",
    "courses.words.WORDS",
    "courses.evaluation_words.WORDS",
    "courses.flag_words.WORDS",
    "certificates.words.WORDS",
    "goals.words.WORDS",
    "goals.report_words.WORDS",
    "goals.plan_words.WORDS",
]

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"no_personal_data": {"()": "registry.logs.WithoutPersonalData"}},
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {
        "console": {"class": "logging.StreamHandler", "filters": ["no_personal_data"], "formatter": "line"}
    },
    "root": {"handlers": ["console"], "level": env.text("LOG_LEVEL", "INFO")},
}
