# Stages: `runtime` is what a production runs; `test` is the same with tests, their tools and their browser.
FROM python:3.12-slim AS packages
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1
RUN python -m venv /venv
COPY requirements.txt /tmp/
RUN /venv/bin/pip install -r /tmp/requirements.txt

FROM packages AS test-packages
COPY requirements*.txt /tmp/
RUN /venv/bin/pip install -r /tmp/requirements-embedded.txt -r /tmp/requirements-contract.txt

FROM python:3.12-slim AS application
ENV PATH=/venv/bin:$PATH PYTHONPATH=/app PYTHONUNBUFFERED=1 \
    MEDIA_ROOT=/data/media STATIC_ROOT=/app/.local/static
RUN useradd --create-home --uid 10001 backlot \
    && mkdir -p /data/media \
    && chown backlot /data /data/media
WORKDIR /app
COPY --from=packages /venv /venv
COPY . .
# Collecting needs settings, but no server: these are thrown away with the layer's process.
RUN BACKLOT_ENV=production API_SECRET_KEY=only-while-building ALLOWED_HOSTS=build.invalid \
    DATABASE_URL=postgresql://build.invalid/none REDIS_URL=redis://build.invalid \
    python manage.py collectstatic --no-input
EXPOSE 8000
VOLUME /data
HEALTHCHECK --interval=10s --timeout=5s --start-period=60s --retries=5 \
    CMD ["python", "deploy/healthcheck.py"]
ENTRYPOINT ["/app/deploy/entrypoint"]
CMD ["web"]

FROM application AS test
RUN apt-get update \
    && apt-get install -y --no-install-recommends chromium make \
    && rm -rf /var/lib/apt/lists/*
COPY --from=test-packages /venv /venv
# Tests and their tools keep notes beside the source.
RUN chown backlot /app /app/.local
USER backlot

FROM application AS runtime
USER backlot
