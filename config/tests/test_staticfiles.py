"""Static files under names that tell their content."""

from pathlib import Path

import pytest
from django.core.files.base import ContentFile

from config.staticfiles import LocalStorage

pytestmark = pytest.mark.unit

FILES = {
    "config/page.js": 'import "./keys.js";\nimport { a } from "./deep/a.js";\nexport { b } from "../shows/b.js";\n',
    "config/keys.js": "export const keys = 1;\n",
    "config/deep/a.js": 'import { keys } from "../keys.js";\nexport const a = keys;\n',
    "shows/b.js": "export const b = 1;\n",
    "others/theirs.js": 'import "./missing.js";\n',
}


@pytest.fixture
def collected(tmp_path: Path) -> LocalStorage:
    storage = LocalStorage(location=tmp_path, base_url="/static/")
    for name, content in FILES.items():
        storage.save(name, ContentFile(content))
    results = [result for *_, result in storage.post_process({name: (storage, name) for name in FILES})]
    assert not any(isinstance(result, Exception) for result in results)
    return storage


def content_of(storage: LocalStorage, name: str) -> str:
    with storage.open(storage.stored_name(name)) as file:
        return str(file.read().decode())


def test_our_modules_import_each_other_by_the_names_that_pages_use(collected: LocalStorage) -> None:
    keys, deep, shows = (Path(collected.stored_name(name)).name for name in list(FILES)[1:4])
    assert content_of(collected, "config/page.js") == (
        f'import "./{keys}";\nimport {{ a }} from "./deep/{deep}";\nexport {{ b }} from "../shows/{shows}";\n'
    )
    assert f'from "../{keys}"' in content_of(collected, "config/deep/a.js")


def test_the_scripts_of_others_are_left_as_they_are(collected: LocalStorage) -> None:
    assert content_of(collected, "others/theirs.js") == FILES["others/theirs.js"]
