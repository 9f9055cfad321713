from django.conf import settings
from django.db import models


class SavedSearch(models.Model):
    """A search that somebody keeps for themselves: the query of the search page's address, under a name."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+", db_index=False)
    name = models.CharField(max_length=100)
    query = models.CharField(max_length=2000)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["user", "name"], name="shows_saved_search_name_unique")]

    def __str__(self) -> str:
        return self.name
