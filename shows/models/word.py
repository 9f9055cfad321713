from django.db import models
from django.db.models.functions import Reverse


class Word(models.Model):
    """A word that stands in a note, as it is written in small letters, with its stem; typos are told from it.

    A word stays when the last note with it goes: `manage.py search_check` removes it.
    """

    # By bytes, so that an index finds the words that begin alike.
    word = models.TextField(primary_key=True, db_collation="C")
    stem = models.TextField(db_collation="C")

    class Meta:
        indexes = [
            models.Index(fields=["stem"], name="shows_word_stem"),
            models.Index(Reverse("word"), name="shows_word_reversed"),
        ]

    def __str__(self) -> str:
        return self.word
