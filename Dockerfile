# One recipe for every image. `--build-arg SERVICE=order` is services/order, `--build-arg PACKAGE=tools/ops` the
# operators' CLI, `PACKAGE=tools/check` the mail catcher and the checks of an installed shop. No build step but the console's
# page: Node strips the types, and refuses to do so under node_modules, so the workspace keeps its layout and its links.
#
# Base images are named by digest, so that they are the same wherever and whenever this is built, and nobody can put others
# in their place. `docker buildx imagetools inspect node:24-bookworm-slim` prints what a tag is today.
ARG NODE_IMAGE=node:24-bookworm-slim@sha256:6f7b03f7c2c8e2e784dcf9295400527b9b1270fd37b7e9a7285cf83b6951452d
ARG RUNTIME_IMAGE=gcr.io/distroless/nodejs24-debian12:nonroot@sha256:14d42e2511532589a7c7e01a753667a74fcc96266e137e8125006b87b0c32d0a
ARG SERVICE=gateway
ARG PACKAGE=services/${SERVICE}

# Production dependencies of the libs: the layer that all images share.
FROM ${NODE_IMAGE} AS libs
WORKDIR /app
ENV CI=true
COPY package.json pnpm-lock.yaml pnpm-workspace.yaml ./
RUN npm install --global --no-fund --no-audit "$(node --print 'require("./package.json").packageManager')"
COPY libs libs
RUN --mount=type=cache,id=pnpm,target=/pnpm/store \
    pnpm install --prod --frozen-lockfile --filter './libs/*' --store-dir /pnpm/store --package-import-method copy

# The console's page, the one thing that is built.
FROM libs AS console
COPY tsconfig.json ./
RUN --mount=type=cache,id=pnpm,target=/pnpm/store \
    pnpm install --frozen-lockfile --filter '@ordershop/console...' --store-dir /pnpm/store --package-import-method copy \
 && pnpm --filter @ordershop/console build

# One service, its own dependencies beside the shared ones.
FROM libs AS service
ARG PACKAGE
COPY ${PACKAGE} ${PACKAGE}
COPY --from=console /app/libs/console/dist libs/console/dist
RUN --mount=type=cache,id=pnpm,target=/pnpm/store \
    pnpm install --prod --frozen-lockfile --filter "{./${PACKAGE}}..." --store-dir /pnpm/store --package-import-method copy
# What the shared layer has not: a second copy of it would be a second layer of the same size.
RUN --mount=from=libs,source=/app,target=/shared \
    find . ! -type d | sort >/tmp/all && (cd /shared && find . ! -type d | sort) >/tmp/shared \
 && mkdir /own && comm -23 /tmp/all /tmp/shared | tar --create --files-from=- | tar --extract --directory=/own

# For live updates: sources that the process may be given anew, and Node that starts it again once /app/updated is written.
# It does not watch the sources: a replaced file is lost to its watch (nodejs/node#51621), and an edit may have many.
FROM service AS dev
ARG PACKAGE
RUN touch /app/updated && chown -R 65532:65532 updated libs ${PACKAGE}
WORKDIR /app/${PACKAGE}
USER 65532:65532
ENV HOST=0.0.0.0
ENTRYPOINT ["node", "--watch-path=/app/updated", "--watch-preserve-output"]
CMD ["src/main.ts"]

# What runs: Node, the libraries that it needs, certificates, and the service; no shell and no package manager.
FROM ${RUNTIME_IMAGE} AS runtime
ARG PACKAGE
# The base's user would own the folder, and could write into it.
USER 0
WORKDIR /app
COPY --from=libs /app ./
COPY --from=service /own ./
WORKDIR /app/${PACKAGE}
USER 65532:65532
ENV HOST=0.0.0.0
# The entrypoint is node itself, as process 1: SIGTERM reaches it, and it drains.
CMD ["src/main.ts"]
