"""Where media are kept, as an entry of Django's STORAGES."""

from importlib.util import find_spec
from pathlib import Path
from typing import Any

from django.core.exceptions import ImproperlyConfigured

from config import environment


def storage(folder: Path) -> dict[str, Any]:
    """The bucket that MEDIA_BUCKET names, or else a folder of this machine."""
    bucket = environment.text("MEDIA_BUCKET", "")
    if not bucket:
        return {"BACKEND": "shows.services.media.local.LocalMedia", "OPTIONS": {"location": folder}}
    if find_spec("storages") is None:
        raise ImproperlyConfigured("MEDIA_BUCKET needs django-storages: pip install -r requirements-s3.txt")
    return {"BACKEND": "shows.services.media.s3.BucketMedia", "OPTIONS": {"bucket_name": bucket} | access()}


def access() -> dict[str, str]:
    """How the bucket is reached; what is not set is found as boto3 finds it: profiles, roles of the machine."""
    given = {
        "endpoint_url": environment.text("MEDIA_ENDPOINT_URL", ""),
        "region_name": environment.text("MEDIA_REGION", ""),
        "access_key": environment.text("MEDIA_ACCESS_KEY_ID", ""),
        "secret_key": environment.text("MEDIA_SECRET_ACCESS_KEY", ""),
    }
    # Other servers than Amazon's rarely know buckets as host names.
    style = {"addressing_style": "path"} if given["endpoint_url"] else {}
    return {name: value for name, value in given.items() if value} | style
