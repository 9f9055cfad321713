from django.conf import settings
from django.db import models


class IdempotencyKey(models.Model):
    """The first answer to a request that its caller may send twice; it commits together with what it did."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+", db_index=False)
    path = models.CharField(max_length=300)
    key = models.CharField(max_length=200)
    body_digest = models.BinaryField(max_length=32)
    status = models.PositiveSmallIntegerField()
    headers = models.JSONField()
    body = models.BinaryField()
    created_at = models.DateTimeField(auto_now_add=True, db_index=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "path", "key"], name="api_idempotency_key_unique")]

    def __str__(self) -> str:
        return f"{self.path} {self.key}"
