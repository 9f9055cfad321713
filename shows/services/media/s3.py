"""Media in a bucket, by django-storages (requirements-s3.txt)."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any

from boto3.exceptions import Boto3Error
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError
from storages.backends.s3 import S3Storage

from pipeline.spans import Span

MISSING = ("404", "NoSuchKey", "NotFound")


class BucketMedia(S3Storage):
    """A bucket that nobody else reads: files pass through us; see `pipeline.files.FileStorage`."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        # Other servers than Amazon's stumble over checksums that they did not ask for.
        plain = Config(request_checksum_calculation="when_required", response_checksum_validation="when_required")
        self.client_config: Any = self.client_config.merge(plain)

    @property
    def client(self) -> Any:
        return self.connection.meta.client

    def put(self, source: Path, name: str) -> None:
        with named_failures(name):
            self.client.upload_file(str(source), self.bucket_name, name)

    def size(self, name: str) -> int:
        with named_failures(name):
            return int(self.client.head_object(Bucket=self.bucket_name, Key=name)["ContentLength"])

    def span(self, name: str, start: int, length: int) -> Span:
        return Span(partial(self.body, name, f"bytes={start}-{start + length - 1}"), length)

    def body(self, name: str, part: str) -> Any:
        with named_failures(name):
            return self.client.get_object(Bucket=self.bucket_name, Key=name, Range=part)["Body"]

    def remove_all(self, prefix: str) -> None:
        with named_failures(prefix):
            for found in self.listed(prefix):
                self.client.delete_object(Bucket=self.bucket_name, Key=found["Key"])

    def folders(self, prefix: str) -> Iterator[tuple[str, datetime]]:
        """A folder's time is that of its newest file; listings come in the order of names."""
        folder, newest = "", None
        with named_failures(prefix):
            for found in self.listed(prefix):
                name, written_at = found["Key"].split("/")[-2], found["LastModified"]
                if newest and name != folder:
                    yield folder, newest
                newest = max(newest, written_at) if newest and name == folder else written_at
                folder = name
        if newest:
            yield folder, newest

    def listed(self, prefix: str) -> Iterator[Any]:
        pages = self.client.get_paginator("list_objects_v2").paginate(Bucket=self.bucket_name, Prefix=f"{prefix}/")
        for page in pages:
            yield from page.get("Contents", ())


@contextmanager
def named_failures(name: str) -> Iterator[None]:
    """What the bucket's client raises, as the OSErrors that a folder would raise."""
    try:
        yield
    except ClientError as error:
        if error.response.get("Error", {}).get("Code") in MISSING:
            raise FileNotFoundError(name) from error
        raise OSError(f"The bucket refused {name}.") from error
    except (Boto3Error, BotoCoreError) as error:
        raise OSError(f"The bucket cannot be reached for {name}.") from error
