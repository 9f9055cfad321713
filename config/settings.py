"""The settings of every environment; docs/configuration.md explains each variable."""

import logging
from datetime import timedelta
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

from config import environment, logs, media
from config.celery import app as celery_app  # noqa: F401 - Celery's application wherever Django is set up
from config.embedded import paths

BASE_DIR = Path(__file__).resolve().parent.parent

ENVIRONMENT = environment.choice("BACKLOT_ENV", "production", options=("local", "production"))
IS_LOCAL = ENVIRONMENT == "local"
DEBUG = environment.flag("DEBUG")

# Known to everybody who reads this file; a system check refuses it in production.
SAMPLE_SECRET_KEY = "sample-key-for-the-local-default-only-0123456789-abcdefghijklmnop"  # noqa: S105
SECRET_KEY = environment.text("API_SECRET_KEY", SAMPLE_SECRET_KEY if IS_LOCAL else None)
# Bearer tokens of services, each speaking as one user: {token: e-mail}.
SERVICE_TOKENS = environment.pairs("SERVICE_TOKENS", "dvd_admin:clerk@backlot.test" if IS_LOCAL else "")

ALLOWED_HOSTS = environment.words("ALLOWED_HOSTS", paths.LOCAL_HOSTS if IS_LOCAL else None)
CSRF_TRUSTED_ORIGINS = environment.words("CSRF_TRUSTED_ORIGINS")
# How many reverse proxies stand before us: so many of X-Forwarded-For's last addresses are theirs.
TRUSTED_PROXIES = environment.number("TRUSTED_PROXIES", 0)

# --- What runs -------------------------------------------------------------------------------------------------------

INSTALLED_APPS = [
    "unfold",
    "unfold.contrib.filters",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django_filters",
    "rest_framework",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "axes",
    "pgtrigger",
    "django_celery_results",
    "django_htmx",
    "config.accounts",
    "config.api",
    "config.demo",
    "pipeline",
    "crew",
    "shows",
    "catalog",
    "rentals",
    # Behind the pipeline, whose commands go before the library's of the same name.
    "django_elasticsearch_dsl",
]
MIDDLEWARE = [
    "config.api.request_id.RequestIdMiddleware",
    "config.request_log.RequestLogMiddleware",
    "config.security.SecurityHeadersMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "config.administration.StorableAddressMiddleware",
    "config.api.middleware.ApiMiddleware",
    "config.api.uploads.UploadsMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "config.pages.refused.RefusedPages",
    "config.api.idempotency.IdempotencyMiddleware",
]
ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
ASGI_APPLICATION = "config.asgi.application"
# The threads in which one server process answers ordinary requests; each keeps a database connection.
WEB_THREADS = environment.number("WEB_THREADS", 8, least=1)
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "config.pages.navigation.frame",
                "config.pages.palette.frame",
            ],
        },
    }
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
INSTALLED_APPS += ["django.forms"]

# --- Where the data is -----------------------------------------------------------------------------------------------

DATABASES = {
    "default": environment.database("DATABASE_URL", paths.database_url(BASE_DIR) if IS_LOCAL else None)
    | {"CONN_MAX_AGE": None, "CONN_HEALTH_CHECKS": True}
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
REDIS_URL = environment.text("REDIS_URL", paths.redis_url(BASE_DIR) if IS_LOCAL else None)
CACHES = {
    "default": {
        "BACKEND": "config.cache.RedisOrLocalCache",
        "LOCATION": environment.redis_database(REDIS_URL, 1),
        "KEY_PREFIX": "backlot",
    }
}
MEDIA_ROOT = Path(environment.text("MEDIA_ROOT", str(paths.data_folder(BASE_DIR) / "media")))
STATIC_URL = "/static/"
STATIC_ROOT = Path(environment.text("STATIC_ROOT", str(paths.data_folder(BASE_DIR) / "static")))
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "media": media.storage(MEDIA_ROOT),
    # Compressing takes twenty seconds: an image does it once, the local default leaves it.
    "staticfiles": {"BACKEND": f"config.staticfiles.{'LocalStorage' if IS_LOCAL else 'CompressedStorage'}"},
}
# A request's body outside of uploaded files: a job takes a cut of 5 MB as a JSON text. An upload has a limit of its
# own where it is taken.
DATA_UPLOAD_MAX_MEMORY_SIZE = 8_000_000
# A bulk change from a page names each of its shots; a page holds two thousand at most.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 3_000
FILE_UPLOAD_HANDLERS = [
    "config.api.uploads.LimitedUpload",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "config.api.uploads.FolderUpload",
]
# On the disk of the media, so that storing a file means renaming it.
UPLOADS_IN_PROGRESS = MEDIA_ROOT / "incoming"
MEDIA_MAX_BYTES = environment.number("MEDIA_MAX_BYTES", 512 * 1024**2, least=1)
IMPORT_MAX_BYTES = environment.number("IMPORT_MAX_BYTES", 20_000_000, least=1)
# Where `import_pagila` fetches the public dump from, and keeps it; its checksum is in the code.
PAGILA_URL = environment.text(
    "PAGILA_URL",
    "https://raw.githubusercontent.com/devrimgunduz/pagila/e0e35a666f31a786b9d3c06cb83799fc46db25d4/pagila-data.sql",
)
PAGILA_FILE = paths.data_folder(BASE_DIR) / "pagila" / "pagila-data.sql"

# --- Who calls -------------------------------------------------------------------------------------------------------

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "config.accounts.backends.AccountBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}", "OPTIONS": options}
    for name, options in (
        ("UserAttributeSimilarityValidator", {"user_attributes": ("email", "display_name")}),
        ("MinimumLengthValidator", {}),
        ("CommonPasswordValidator", {}),
        ("NumericPasswordValidator", {}),
    )
]
LOGIN_URL = "/login/"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "/login/"
ACCESS_TOKEN_LIFETIME = timedelta(seconds=environment.number("ACCESS_TOKEN_SECONDS", 15 * 60, least=1))
REFRESH_TOKEN_LIFETIME = timedelta(seconds=environment.number("REFRESH_TOKEN_SECONDS", 14 * 86_400, least=1))
# A rotated refresh token that comes again after so long was stolen; sooner, it was a client's double click.
REFRESH_TOKEN_GRACE = timedelta(seconds=10)
SIMPLE_JWT = {
    "ACCESS_TOKEN_LIFETIME": ACCESS_TOKEN_LIFETIME,
    "REFRESH_TOKEN_LIFETIME": REFRESH_TOKEN_LIFETIME,
    "USER_ID_CLAIM": "sub",
    "SIGNING_KEY": SECRET_KEY,
}
AXES_FAILURE_LIMIT = 10
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_RESET_ON_SUCCESS = True
AXES_CLIENT_IP_CALLABLE = "config.accounts.lockout.address"
AXES_USERNAME_CALLABLE = "config.accounts.lockout.account_key"
AXES_USERNAME_FORM_FIELD = "username"
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_DISABLE_ACCESS_LOG = True
AXES_ENABLE_ADMIN = False
AXES_VERBOSE = False
# E-mails are unique by a constraint on their lower case; our own doors answer who is locked out.
SILENCED_SYSTEM_CHECKS = ["auth.W004", "axes.W002"]
INVITATION_LIFETIME = timedelta(days=environment.number("INVITATION_DAYS", 7, least=1))

EMAIL_BACKEND = environment.text(
    "EMAIL_BACKEND", f"django.core.mail.backends.{'console' if IS_LOCAL else 'smtp'}.EmailBackend"
)
EMAIL_HOST = environment.text("EMAIL_HOST", "localhost")
EMAIL_PORT = environment.number("EMAIL_PORT", 25, least=1)
EMAIL_HOST_USER = environment.text("EMAIL_HOST_USER", "")
EMAIL_HOST_PASSWORD = environment.text("EMAIL_HOST_PASSWORD", "")
EMAIL_TIMEOUT = 10
EMAIL_USE_TLS = environment.flag("EMAIL_USE_TLS")
DEFAULT_FROM_EMAIL = environment.text("DEFAULT_FROM_EMAIL", "Backlot <no-reply@backlot.test>")

# --- The API ---------------------------------------------------------------------------------------------------------

REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "config.accounts.authentication.BearerAuthentication",
        "config.accounts.authentication.ReadySessionAuthentication",
    ],
    "DEFAULT_PERMISSION_CLASSES": ["config.api.permissions.DeclaredPermission", "config.api.gate.KnownInput"],
    "DEFAULT_THROTTLE_CLASSES": ["config.api.throttles.DeclaredThrottle"],
    "DEFAULT_RENDERER_CLASSES": [
        "config.api.renderers.OrjsonRenderer",
        "config.api.browsable.BrowsableRenderer",
        "config.api.csv.CsvRenderer",
    ],
    "DEFAULT_PARSER_CLASSES": [
        "config.api.parsers.StrictJsonParser",
        "rest_framework.parsers.FormParser",
        "rest_framework.parsers.MultiPartParser",
    ],
    "DEFAULT_CONTENT_NEGOTIATION_CLASS": "config.api.negotiation.JsonUnlessAsked",
    "DEFAULT_PAGINATION_CLASS": "config.api.paging.LimitOffset",
    "DEFAULT_FILTER_BACKENDS": ["config.api.filters.DeclaredFilters", "config.api.filters.DeclaredOrdering"],
    "DEFAULT_SCHEMA_CLASS": "config.api.schema.Operation",
    "EXCEPTION_HANDLER": "config.api.problems.answer_exception",
    "TEST_REQUEST_DEFAULT_FORMAT": "json",
    "URL_FORMAT_OVERRIDE": "format",
    "UNAUTHENTICATED_USER": "django.contrib.auth.models.AnonymousUser",
}
SPECTACULAR_SETTINGS = {
    "TITLE": "Backlot",
    "DESCRIPTION": "The back office of a film and TV studio: shows, shots, reviews and crew.",
    "VERSION": "1",
    "OAS_VERSION": "3.1.1",
    "SCHEMA_PATH_PREFIX": "/api/v1",
    "SERVE_INCLUDE_SCHEMA": False,
    "SERVE_PERMISSIONS": ["config.api.permissions.DeclaredPermission", "config.api.gate.KnownInput"],
    "COMPONENT_SPLIT_REQUEST": True,
    "SWAGGER_UI_DIST": "SIDECAR",
    "SWAGGER_UI_FAVICON_HREF": "SIDECAR",
    "REDOC_DIST": "SIDECAR",
    "SWAGGER_UI_SETTINGS": {"deepLinking": True, "persistAuthorization": True, "displayRequestDuration": True},
    "ENUM_NAME_OVERRIDES": {
        "ShowStatus": "shows.models.ShowStatus",
        "ShotStatus": "shows.models.ShotStatus",
        "ReviewStatus": "shows.models.ReviewStatus",
        "CopyState": "rentals.models.CopyState",
        "CopyPlace": "rentals.api.serializers.CopyPlace",
        "HoldState": "rentals.models.HoldState",
        "Consumption": "catalog.models.Consumption",
        "MediaType": "catalog.models.MediaType",
        "IngestedType": "catalog.api.library.serializers.INGESTED_TYPES",
        "RowAction": "catalog.api.library.serializers.ACTIONS",
        "JobStatus": "pipeline.models.JobStatus",
        "StepStatus": "pipeline.models.StepStatus",
        "LogLevel": "pipeline.models.LogLevel",
    },
    "POSTPROCESSING_HOOKS": [
        "drf_spectacular.hooks.postprocess_schema_enums",
        "config.api.schema.finish_schema",
    ],
}
# The paging of lists that only grow, for the views that name it.
API_FEED_PAGINATION = "config.api.paging.Feed"
# That of lists whose rows are not those of one model.
API_VALUES_PAGINATION = "config.api.paging.ValuesPages"
REGISTRATIONS_AN_HOUR = environment.number("REGISTRATIONS_AN_HOUR", 60, least=1)
IDEMPOTENCY_LIFETIME = timedelta(hours=24)

# --- Jobs ------------------------------------------------------------------------------------------------------------

# How long a worker may be silent about a step before another one takes it over, and a step may wait for a worker.
PIPELINE_LEASE = timedelta(seconds=environment.number("PIPELINE_LEASE_SECONDS", 30, least=1))
# How long the files that jobs make are kept.
PIPELINE_FILES_LIFETIME = timedelta(days=7)
# How often lost steps are looked for.
PIPELINE_SWEEP_SECONDS = environment.number("PIPELINE_SWEEP_SECONDS", 3, least=1)
CELERY_BROKER_URL = environment.text("CELERY_BROKER_URL", environment.redis_broker(REDIS_URL))
CHANNEL_LAYERS = {
    "default": {
        "BACKEND": "channels_redis.pubsub.RedisPubSubChannelLayer",
        "CONFIG": {"hosts": [environment.redis_database(REDIS_URL, 2)], "prefix": "backlot"},
    }
}

# --- Search ----------------------------------------------------------------------------------------------------------

# Blank: PostgreSQL alone searches.
ELASTICSEARCH_URL = environment.text("ELASTICSEARCH_URL", "")
# How long a search waits for the engine before PostgreSQL answers, in seconds.
ELASTICSEARCH_TIMEOUT = environment.number("ELASTICSEARCH_TIMEOUT_MS", 300, least=1) / 1000
ELASTICSEARCH_PREFIX = environment.text("ELASTICSEARCH_PREFIX", "backlot")
# The library wants a connection; ours is `pipeline.search.engine`, and the outbox does the writing.
ELASTICSEARCH_DSL = {"default": {"hosts": ELASTICSEARCH_URL or "http://127.0.0.1:9200"}}
ELASTICSEARCH_DSL_AUTOSYNC = False
ELASTICSEARCH_DSL_SIGNAL_PROCESSOR = "django_elasticsearch_dsl.signals.BaseSignalProcessor"

# --- The library's sources -------------------------------------------------------------------------------------------

GOOGLE_BOOKS_URL = environment.text("GOOGLE_BOOKS_URL", "https://www.googleapis.com/books/v1")
GOOGLE_BOOKS_API_KEY = environment.text("GOOGLE_BOOKS_API_KEY", "")
TMDB_URL = environment.text("TMDB_URL", "https://api.themoviedb.org/3")
TMDB_API_KEY = environment.text("TMDB_API_KEY", "")
IGDB_URL = environment.text("IGDB_URL", "https://api.igdb.com/v4")
IGDB_TOKEN_URL = environment.text("IGDB_TOKEN_URL", "https://id.twitch.tv/oauth2/token")
IGDB_CLIENT_ID = environment.text("IGDB_CLIENT_ID", "")
IGDB_CLIENT_SECRET = environment.text("IGDB_CLIENT_SECRET", "")
LASTFM_URL = environment.text("LASTFM_URL", "https://ws.audioscrobbler.com/2.0/")
LASTFM_API_KEY = environment.text("LASTFM_API_KEY", "")
# How long a search waits for all sources together, and an ingest for what it asked for, in seconds.
SOURCES_SEARCH_TIMEOUT = environment.number("SOURCES_SEARCH_TIMEOUT_MS", 4000, least=1) / 1000
SOURCES_INGEST_TIMEOUT = environment.number("SOURCES_INGEST_TIMEOUT_MS", 20_000, least=1) / 1000
SOURCE_MAX_BYTES = environment.number("SOURCE_MAX_BYTES", 5_000_000, least=1)
# The only hosts that covers are fetched from.
COVER_HOSTS = environment.words(
    "COVER_HOSTS", "books.google.com,image.tmdb.org,images.igdb.com,lastfm.freetls.fastly.net"
)
COVER_MAX_BYTES = environment.number("COVER_MAX_BYTES", 3_000_000, least=1)

# --- Answers about films ----------------------------------------------------------------------------------------------

# Any endpoint that speaks OpenAI's protocol. With neither an address nor a key, the catalogue answers by itself.
AI_API_KEY = environment.text("AI_API_KEY", environment.text("OPENAI_API_KEY", ""))
AI_BASE_URL = environment.text("AI_BASE_URL", "https://api.openai.com/v1" if AI_API_KEY else "")
AI_MODEL = environment.text("AI_MODEL", "gpt-4o-mini")
AI_ON_FAILURE = environment.choice("AI_ON_FAILURE", "fallback", options=("fallback", "error"))
AI_CONNECT_SECONDS = environment.number("AI_CONNECT_SECONDS", 5, least=1)
AI_FIRST_TOKEN_SECONDS = environment.number("AI_FIRST_TOKEN_SECONDS", 20, least=1)
AI_TOTAL_SECONDS = environment.number("AI_TOTAL_SECONDS", 60, least=1)
# In characters.
AI_QUESTION_LENGTH = environment.number("AI_QUESTION_LENGTH", 500, least=1)
AI_ANSWER_LENGTH = environment.number("AI_ANSWER_LENGTH", 4_000, least=1)
AI_QUESTIONS_A_MINUTE = environment.number("AI_QUESTIONS_A_MINUTE", 300, least=1)
AI_HEARTBEAT_SECONDS = environment.number("AI_HEARTBEAT_SECONDS", 10, least=1)

# --- Languages and times ---------------------------------------------------------------------------------------------

LANGUAGE_CODE = "en-us"
TIME_ZONE = "UTC"
USE_I18N = False
USE_TZ = True

# --- Logs ------------------------------------------------------------------------------------------------------------

LOG_LEVEL = environment.choice("LOG_LEVEL", "INFO", options=("DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL"))
LOGGING = logs.configuration(level=LOG_LEVEL, as_json=not IS_LOCAL)
DJANGO_STRUCTLOG_USER_ID_FIELD = "pk"
# config.api.apps binds the address that the trusted proxies saw, in a tenth of the time.
DJANGO_STRUCTLOG_IP_LOGGING_ENABLED = False
DJANGO_STRUCTLOG_COMMAND_LOGGING_ENABLED = False
# config.api.request_id has checked the caller's id, or made one.
DJANGO_STRUCTLOG_TRUST_UPSTREAM_REQUEST_ID = True
DJANGO_STRUCTLOG_STATUS_START_LOG_LEVEL = logging.DEBUG
DJANGO_STRUCTLOG_STATUS_4XX_LOG_LEVEL = logging.INFO

# --- Safety of the transport -----------------------------------------------------------------------------------------

USE_HTTPS = environment.flag("USE_HTTPS", default=not IS_LOCAL)
SECURE_SSL_REDIRECT = USE_HTTPS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if TRUSTED_PROXIES else None
# The container's own probe speaks plain HTTP.
SECURE_REDIRECT_EXEMPT = [r"^health$", r"^health/ready$"]
SECURE_HSTS_SECONDS = 31_536_000 if USE_HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = USE_HTTPS
SECURE_HSTS_PRELOAD = USE_HTTPS
SESSION_COOKIE_SECURE = USE_HTTPS
CSRF_COOKIE_SECURE = USE_HTTPS
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "config.pages.refuse_csrf"
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"

if SECURE_SSL_REDIRECT and IS_LOCAL and not TRUSTED_PROXIES:
    raise ImproperlyConfigured("USE_HTTPS in the local default needs a proxy that ends TLS: set TRUSTED_PROXIES too.")

# --- Administration --------------------------------------------------------------------------------------------------

UNFOLD = {
    "SITE_TITLE": "Backlot",
    "SITE_HEADER": "Backlot",
    "SITE_SYMBOL": "movie",
    "SITE_FAVICONS": [{"rel": "icon", "type": "image/svg+xml", "href": "config.administration.icon"}],
    "SHOW_HISTORY": True,
    "SHOW_VIEW_ON_SITE": False,
    "STYLES": ["config.administration.style"],
    "GLOBAL_CALLBACK": "config.administration.without_inline_colors",
    "ENVIRONMENT": "config.dashboard.environment_label",
    "DASHBOARD_CALLBACK": "config.dashboard.dashboard",
    "COMMAND": {"show_history": False},
    "SIDEBAR": {
        "navigation": "config.administration.navigation",
        "show_search": True,
        "command_search": True,
    },
}
