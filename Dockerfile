# The server in a small image, and with --target diffusers what open models need as well.
ARG PYTHON_IMAGE=python:3.11-slim-bookworm

FROM ${PYTHON_IMAGE} AS build
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 \
    PIP_CONSTRAINT=/src/constraints.txt
RUN python -m venv /opt/limner
WORKDIR /src
COPY constraints.txt pyproject.toml README.md LICENSE ./
COPY src src
RUN --mount=type=cache,target=/root/.cache/pip \
    /opt/limner/bin/pip install '.[redis]'

FROM build AS build-diffusers
RUN --mount=type=cache,target=/root/.cache/pip \
    /opt/limner/bin/pip install '.[diffusers,diffusers-edit,diffusers-fp8,redis]'

FROM ${PYTHON_IMAGE} AS base
RUN groupadd --gid 10001 limner \
    && useradd --uid 10001 --gid limner --no-create-home --home-dir /data --shell /usr/sbin/nologin limner \
    && install --directory --owner=limner --group=limner --mode=0700 /data
ENV PATH=/opt/limner/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    LIMNER_HOST=0.0.0.0 \
    LIMNER_DATA_DIR=/data
COPY deploy/healthcheck.py /opt/healthcheck.py
USER 10001:10001
WORKDIR /data
VOLUME /data
EXPOSE 8000
ENTRYPOINT ["limner"]
CMD ["serve"]

# Loading models takes minutes, during which /readyz says 503.
FROM base AS diffusers
COPY --from=build-diffusers /opt/limner /opt/limner
ENV LIMNER_ENGINE=diffusers \
    NVIDIA_VISIBLE_DEVICES=all \
    NVIDIA_DRIVER_CAPABILITIES=compute,utility
HEALTHCHECK --interval=15s --timeout=5s --start-period=30m CMD ["python", "/opt/healthcheck.py"]

FROM base AS server
COPY --from=build /opt/limner /opt/limner
HEALTHCHECK --interval=15s --timeout=5s --start-period=60s CMD ["python", "/opt/healthcheck.py"]
