import { existsSync } from 'node:fs'
import { join } from 'node:path'
import fastifyStatic from '@fastify/static'
import type { FastifyInstance, FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify'
import { dist } from './sources.ts'

/** Addresses that the app answers itself; anything else unknown is a 404 of the server. */
const pages = ['/', '/sign-in', '/setup', '/c/*'] as const
const warehousePages = ['/w', '/w/*'] as const
/** What a customer's link opens; who has the address has the document. */
const portalPages = ['/p/:token'] as const

const year = 365 * 24 * 3600

/**
 * The built web app: files whose name holds their hash are kept for a year, the pages are asked anew each
 * time. Where it is not built the pages say how to.
 */
export function webApp(folder = dist): FastifyPluginAsync {
  return async (app) => {
    if (!existsSync(join(folder, 'index.html'))) return sayNotBuilt(app)
    await app.register(fastifyStatic, {
      root: folder,
      index: false,
      wildcard: false,
      preCompressed: true,
      globIgnore: ['**/*.html', '**/.*', '**/*.br', '**/*.gz'],
      cacheControl: false,
      setHeaders: (reply, path) => void reply.header('cache-control', keptFor(folder, path)),
    })
    const send = (name: string) => (_request: FastifyRequest, reply: FastifyReply) =>
      allowWebAssembly(reply).sendFile(name)
    for (const path of pages) app.get(path, send('index.html'))
    for (const path of warehousePages) app.get(path, send('w/index.html'))
    for (const path of portalPages)
      app.get(path, (_request, reply) => keepToItself(reply).sendFile('p/index.html'))
  }
}

/**
 * Reading codes with the camera, in the warehouse and in the order form of a phone, is WebAssembly where the browser has no
 * reader of its own. A customer's page runs none.
 */
function allowWebAssembly(reply: FastifyReply): FastifyReply {
  const policy = reply.getHeader('content-security-policy')
  if (typeof policy !== 'string') return reply
  return reply.header(
    'content-security-policy',
    policy.replace("script-src 'self'", "script-src 'self' 'wasm-unsafe-eval'"),
  )
}

/** The address is named to nobody, kept by no search engine, and no page is opened from it that could. */
function keepToItself(reply: FastifyReply): FastifyReply {
  return reply.header('referrer-policy', 'no-referrer').header('x-robots-tag', 'noindex, nofollow')
}

/** @param path of the file that is sent: of a packed one it ends in `.br` or `.gz` */
function keptFor(folder: string, path: string): string {
  if (/\.html(?:\.br|\.gz)?$/.test(path)) return 'no-cache'
  if (path.startsWith(join(folder, 'assets'))) return `public, max-age=${year}, immutable`
  return 'public, max-age=3600'
}

function sayNotBuilt(app: FastifyInstance): void {
  const text =
    'The web app is not built. Run "npm ci" (with development packages) and start Zapas again, or run "npm run web:build". The API works: /api/docs\n'
  for (const path of [...pages, ...warehousePages, ...portalPages]) {
    app.get(path, (_request, reply) =>
      reply.code(503).type('text/plain; charset=utf-8').header('cache-control', 'no-store').send(text),
    )
  }
}
