from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from rest_framework.test import APIClient

from config.media import storage


@pytest.fixture
def media_folder(settings: Any, tmp_path: Path) -> Path:
    """An empty folder for media, and for uploads that go on."""
    settings.MEDIA_ROOT = tmp_path
    settings.UPLOADS_IN_PROGRESS = tmp_path / "incoming"
    settings.STORAGES = settings.STORAGES | {"media": storage(tmp_path)}
    return tmp_path


@pytest.fixture
def hand_in() -> Callable[..., Any]:
    """Posts a version with a file; `headers` and further fields as they are named."""

    def send(client: APIClient, shot: Any, content: bytes, name: str = "take.png", **more: Any) -> Any:
        headers = more.pop("headers", {})
        body = {"media": SimpleUploadedFile(name, content, more.pop("sent_type", "image/png")), **more}
        return client.post(f"/api/v1/shots/{shot.pk}/versions", body, format="multipart", headers=headers)

    return send


def files_in(folder: Path) -> list[Path]:
    return sorted(found for found in folder.rglob("*") if found.is_file())
