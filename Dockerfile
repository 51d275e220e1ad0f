# syntax=docker/dockerfile:1

FROM node:22-slim AS build
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci
COPY . .
RUN npm run build

FROM node:22-slim AS dependencies
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci --omit=dev && npm cache clean --force
# onnxruntime-node brings the binaries of all platforms, 220 MB of them for others than this one.
RUN cd node_modules/onnxruntime-node/bin \
    && find . -mindepth 3 -maxdepth 3 -type d ! -path "*/linux/$(node -p process.arch)" -exec rm -rf {} + \
    && find . \( -name '*providers_cuda*' -o -name '*providers_tensorrt*' \) -delete
# Of use to developers alone: 100 MB of source maps, type declarations and packages' own TypeScript.
RUN find node_modules -type f \( -name '*.map' -o -name '*.d.ts' -o -name '*.d.cts' -o -name '*.d.mts' -o -path '*/src/*.ts' \) -delete

FROM node:22-slim
# LanceDB needs the certificates to reach object storage (Node brings its own), the ingest git for docs in a repository.
RUN apt-get update && apt-get install -y --no-install-recommends ca-certificates git && rm -rf /var/lib/apt/lists/*
ENV NODE_ENV=production HOST=0.0.0.0 PORT=3000 LOG_FORMAT=json ORT_DISABLE_TELEMETRY=1
# All that is written lies in the volume: the rest is root's, or read-only.
ENV DOCS_DIR=/docs STORE_URI=/store GAPS_DB=/store/gaps.db GIT_CACHE=/store/git
# glibc otherwise gives the threads of model and store a heap each, and keeps what many streams once had.
ENV MALLOC_ARENA_MAX=2 MALLOC_MMAP_THRESHOLD_=65536 MALLOC_TRIM_THRESHOLD_=131072
WORKDIR /app
COPY --from=dependencies /app/node_modules node_modules
COPY --from=build /app/dist/web dist/web
COPY package.json LICENSE THIRD_PARTY.md ./
COPY models models
COPY knowledge knowledge
COPY ingest ingest
COPY server server
COPY docs /docs
RUN mkdir /store && chown node:node /store
USER node
VOLUME ["/docs", "/store"]
EXPOSE 3000
HEALTHCHECK --interval=30s --timeout=5s --start-period=60s \
    CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/healthz`).then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "--import", "tsx", "server/main.ts"]
