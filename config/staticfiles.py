"""Static files under names that tell their content, also where our own modules import each other.

Under one name in a page and another in an import, a browser would run the same module twice.
"""

from typing import Any

from django.contrib.staticfiles.storage import ManifestStaticFilesStorage
from whitenoise.storage import CompressedManifestStaticFilesStorage

# Django's own switch rewrites the scripts of every package; some of those name files that they do not bring along.
FOLDERS = ("catalog", "config", "crew", "pipeline", "rentals", "shows")
IMPORT = (
    r"""(?P<matched>(?P<before>\b(?:import|export)\b[^;'"]*)["'](?P<url>\.{1,2}/[^"']+)["'])""",
    '%(before)s"%(url)s"',
)
MODULES: tuple[Any, ...] = tuple((f"{folder}/*.js", (IMPORT,)) for folder in FOLDERS)


# Each pass settles one level of modules that import modules.
DEEPEST = 20


class LocalStorage(ManifestStaticFilesStorage):
    max_post_process_passes = DEEPEST
    patterns = (*ManifestStaticFilesStorage.patterns, *MODULES)


class CompressedStorage(CompressedManifestStaticFilesStorage):
    max_post_process_passes = DEEPEST
    patterns = (*CompressedManifestStaticFilesStorage.patterns, *MODULES)
