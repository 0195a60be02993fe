import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { brotliCompressSync, gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { webApp } from '../../src/web/index.ts'
import { type TestApp, startTestApp } from '../support/test-app.ts'

const script = 'console.log("the app")\n'.repeat(100)

const titles = { 'index.html': 'the app', 'w/index.html': 'the warehouse', 'p/index.html': 'the portal' }
const encodings = ['identity', 'gzip', 'br']

describe('the server of the web app', () => {
  let folder: string
  let app: TestApp
  let unbuilt: TestApp
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'zapas-web-'))
    await mkdir(join(folder, 'assets'))
    const packed = async (name: string, text: string) => {
      await writeFile(join(folder, name), text)
      await writeFile(join(folder, `${name}.gz`), gzipSync(text))
      await writeFile(join(folder, `${name}.br`), brotliCompressSync(text))
    }
    for (const [name, title] of Object.entries(titles)) {
      await mkdir(join(folder, name, '..'), { recursive: true })
      await packed(name, `<title>${title}</title>`)
    }
    await writeFile(join(folder, '.built-from'), 'secret')
    await packed('assets/app-abc123.js', script)
    await packed('icon.svg', '<svg/>')
    app = await startTestApp({ server: { web: webApp(folder) } })
    unbuilt = await startTestApp({ server: { web: webApp(join(folder, 'nothing')) } })
  })
  afterAll(async () => {
    await app.close()
    await unbuilt.close()
    await rm(folder, { recursive: true })
  })

  const ask = (path: string, encoding: string) =>
    fetch(app.base + path, { headers: { 'accept-encoding': encoding } })

  describe.each(encodings)('asked for %s', (encoding) => {
    it.each([
      ['/', 'the app'],
      ['/sign-in', 'the app'],
      ['/sign-in?next=%2Fc%2Fx', 'the app'],
      ['/setup', 'the app'],
      ['/c/crimson', 'the app'],
      ['/c/crimson/sales-orders/1?view=late', 'the app'],
      ['/w', 'the warehouse'],
      ['/w/receive', 'the warehouse'],
      ['/p/a-link', 'the portal'],
    ])('answers %s with the page of %s, asked anew each time', async (path, title) => {
      const answer = await ask(path, encoding)
      expect(answer.status).toBe(200)
      expect(answer.headers.get('content-type')).toMatch(/^text\/html/)
      expect(answer.headers.get('content-encoding') ?? 'identity').toBe(encoding)
      expect(answer.headers.get('cache-control')).toBe('no-cache')
      expect(await answer.text()).toContain(title)
    })

    it.each([
      ['/assets/app-abc123.js', 'public, max-age=31536000, immutable'],
      ['/icon.svg', 'public, max-age=3600'],
    ])('keeps %s as %s says', async (path, kept) => {
      const answer = await ask(path, encoding)
      expect(answer.headers.get('cache-control')).toBe(kept)
      expect(answer.headers.get('content-encoding') ?? 'identity').toBe(encoding)
      expect(answer.headers.get('vary')).toMatch(/accept-encoding/i)
    })
  })

  it('sends a packed file as what it is', async () => {
    const answer = await ask('/assets/app-abc123.js', 'gzip')
    expect(answer.headers.get('content-type')).toMatch(/javascript/)
    expect(await answer.text()).toBe(script)
  })

  it.each(['/api/nothing', '/api/v1/nothing', '/nothing', '/assets/gone.js', '/.built-from', '/c'])(
    'answers %s with 404 and not with the page',
    async (path) => {
      const answer = await fetch(app.base + path)
      expect(answer.status).toBe(404)
      expect(answer.headers.get('content-type')).toMatch(/^application\/problem\+json/)
    },
  )

  it('allows no script of anybody else and none in the page', async () => {
    const policyOf = async (path: string) =>
      (await fetch(app.base + path)).headers.get('content-security-policy') ?? ''
    // WebAssembly reads codes with the camera; it runs no text as a script.
    for (const path of ['/', '/w']) {
      expect(await policyOf(path)).toContain("script-src 'self' 'wasm-unsafe-eval';")
      expect(await policyOf(path)).not.toContain("'unsafe-eval'")
    }
    expect(await policyOf('/p/no-such-link')).toContain("script-src 'self';")
  })

  it('says how to build it where it is not built, and serves the API', async () => {
    const answer = await fetch(`${unbuilt.base}/c/crimson`)
    expect(answer.status).toBe(503)
    expect(await answer.text()).toContain('npm run web:build')
    expect((await fetch(`${unbuilt.base}/api/v1/setup`)).status).toBe(200)
  })
})
