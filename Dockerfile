# One image for every process: a node (`lockstep serve`), the migrations (`lockstep migrate`), the checks.

FROM node:20-bookworm-slim AS client
WORKDIR /src/client
COPY client/package.json client/package-lock.json client/.npmrc ./
RUN npm ci
COPY client/ ./
RUN npx vite build

FROM python:3.11-slim-bookworm AS packages
RUN python -m venv /opt/lockstep-venv
ENV PATH=/opt/lockstep-venv/bin:$PATH
WORKDIR /opt/lockstep
COPY requirements.txt ./
RUN pip install --no-cache-dir --require-hashes -r requirements.txt
COPY pyproject.toml requirements.in LICENSE ./
COPY alembic/ alembic/
COPY tracker/ tracker/
COPY realtime/ realtime/
COPY http_api/ http_api/
COPY jobs/ jobs/
COPY lockstep/ lockstep/
# Editable: the migrations and the client are found beside the code.
RUN pip install --no-cache-dir --no-deps --no-build-isolation --editable .

FROM python:3.11-slim-bookworm
RUN useradd --system --uid 10001 --no-create-home --shell /usr/sbin/nologin lockstep \
    && install --directory --owner=lockstep /var/lib/lockstep
COPY --from=packages /opt/lockstep-venv /opt/lockstep-venv
COPY --from=packages /opt/lockstep /opt/lockstep
COPY --from=client /src/client/dist /opt/lockstep/client/dist
ENV PATH=/opt/lockstep-venv/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    PYTHONMALLOC=malloc \
    GLIBC_TUNABLES=glibc.malloc.hugetlb=1 \
    HOST=0.0.0.0 \
    CLIENT_DIR=/opt/lockstep/client/dist \
    DATA_DIR=/var/lib/lockstep
WORKDIR /opt/lockstep
USER lockstep
EXPOSE 8000
# Longer than DRAIN_SECONDS, so that a stop lets the node finish.
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=10s --timeout=3s --start-period=20s \
    CMD ["python", "-c", "import urllib.request as r; r.urlopen('http://127.0.0.1:8000/api/health/live', timeout=2)"]
CMD ["lockstep", "serve"]
