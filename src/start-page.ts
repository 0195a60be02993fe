import { readFile } from 'node:fs/promises'
import type { FastifyPluginAsync } from 'fastify'

const files = {
  '/': ['index.html', 'text/html; charset=utf-8'],
  '/start.css': ['start.css', 'text/css; charset=utf-8'],
  '/start.js': ['start.js', 'text/javascript; charset=utf-8'],
} as const

/** The page at / where a new installation gets its owner, and where people sign in and find the API. */
export const startPage: FastifyPluginAsync = async (app) => {
  for (const [path, [name, type]] of Object.entries(files)) {
    const content = await readFile(new URL(`../web/start/${name}`, import.meta.url))
    app.get(path, (_request, reply) => reply.type(type).header('cache-control', 'no-cache').send(content))
  }
}
