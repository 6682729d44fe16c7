# A server that is read only: docs/operations.md says how to run it, and how to decide beside it.
FROM python:3.13-slim

RUN useradd --create-home --uid 1000 impact
WORKDIR /app
# Packages first: they change seldom, and the layer is kept. For several machines on one store:
# --build-arg PACKAGES=requirements-shared.lock (docs/scaling.md).
ARG PACKAGES=requirements.lock
COPY requirements.lock requirements-shared.lock ./
RUN pip install --no-cache-dir --require-hashes -r "$PACKAGES"
COPY dashboard.py pyproject.toml LICENSE ./
COPY .streamlit .streamlit
COPY data data
COPY docs/method*.md docs/
COPY locale locale
COPY impact impact
COPY pictures pictures
COPY etl etl
COPY pages pages

# The code belongs to root and the store to the ordinary user who serves it.
RUN mkdir /store && chown impact /store
ENV IMPACT_STORE=/store PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1
USER impact
VOLUME /store
EXPOSE 8501
HEALTHCHECK --start-period=180s CMD ["python", "-c", \
  "import urllib.request as u; u.urlopen('http://127.0.0.1:8501/health', timeout=10)"]
CMD ["python", "-m", "etl", "serve", "--address", "0.0.0.0"]
