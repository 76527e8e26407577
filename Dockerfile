# One image for both processes: the dashboard (default command) and the worker (`python -m core worker`).
# It runs on the CPU. PyTorch publishes its small CPU build on an index of its own: pass that index as
# --build-arg PIP_EXTRA_INDEX_URL=...; without it pip takes the default build, which is larger and runs on the CPU as well.
FROM python:3.11-slim-bookworm AS build
ARG PIP_EXTRA_INDEX_URL=""
ENV PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1
WORKDIR /build
COPY requirements.txt .
RUN python -m venv /opt/venv \
    && /opt/venv/bin/pip install torch==2.13.0 \
    && /opt/venv/bin/pip install -r requirements.txt

FROM python:3.11-slim-bookworm
LABEL org.opencontainers.image.title="Amontillado" \
      org.opencontainers.image.description="A workbench for teams that work with BERT hands-on"
RUN groupadd --gid 10001 amontillado \
    && useradd --uid 10001 --gid 10001 --no-create-home --home-dir /data --shell /usr/sbin/nologin amontillado \
    && install -d -o 10001 -g 10001 /data
COPY --from=build /opt/venv /opt/venv
COPY pyproject.toml README.md /app/
COPY .streamlit /app/.streamlit
COPY registry /app/registry
COPY core /app/core
COPY dashboard /app/dashboard
WORKDIR /app
ENV PATH=/opt/venv/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    HF_HUB_OFFLINE=1 \
    AMONTILLADO_HOME=/data \
    AMONTILLADO_IMPORT_FOLDER=/data/import \
    HOME=/data
USER 10001:10001
VOLUME /data
EXPOSE 8501
HEALTHCHECK --interval=30s --timeout=5s --start-period=60s --retries=3 \
    CMD ["python", "-c", "import urllib.request as u; u.urlopen('http://127.0.0.1:8501/_stcore/health', timeout=4)"]
CMD ["streamlit", "run", "dashboard/app.py", "--server.address=0.0.0.0", "--server.port=8501"]
