import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { webApp } from '../../src/web/index.ts'
import { type TestApp, startTestApp } from '../support/test-app.ts'

const script = 'console.log("the app")\n'.repeat(100)

describe('the server of the web app', () => {
  let folder: string
  let app: TestApp
  let unbuilt: TestApp
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'zapas-web-'))
    await mkdir(join(folder, 'assets'))
    await mkdir(join(folder, 'w'))
    await writeFile(join(folder, 'index.html'), '<title>the app</title>')
    await writeFile(join(folder, 'w/index.html'), '<title>the warehouse</title>')
    await writeFile(join(folder, '.built-from'), 'secret')
    await writeFile(join(folder, 'assets/app-abc123.js'), script)
    await writeFile(join(folder, 'assets/app-abc123.js.gz'), gzipSync(script))
    app = await startTestApp({ server: { web: webApp(folder) } })
    unbuilt = await startTestApp({ server: { web: webApp(join(folder, 'nothing')) } })
  })
  afterAll(async () => {
    await app.close()
    await unbuilt.close()
    await rm(folder, { recursive: true })
  })

  it.each([
    '/',
    '/sign-in',
    '/sign-in?next=%2Fc%2Fx',
    '/setup',
    '/c/crimson',
    '/c/crimson/sales-orders/1?view=late',
  ])('answers %s with the page, asked anew each time', async (path) => {
    const answer = await fetch(app.base + path)
    expect(answer.status).toBe(200)
    expect(answer.headers.get('content-type')).toMatch(/^text\/html/)
    expect(answer.headers.get('cache-control')).toBe('no-cache')
    expect(await answer.text()).toContain('the app')
  })

  it.each(['/w', '/w/receive'])('answers %s with the page of the warehouse', async (path) => {
    expect(await (await fetch(app.base + path)).text()).toContain('the warehouse')
  })

  it('keeps files with a hash for a year and sends them packed', async () => {
    const answer = await fetch(`${app.base}/assets/app-abc123.js`, { headers: { 'accept-encoding': 'gzip' } })
    expect(answer.headers.get('cache-control')).toBe('public, max-age=31536000, immutable')
    expect(answer.headers.get('content-encoding')).toBe('gzip')
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
    const policy = (await fetch(app.base)).headers.get('content-security-policy') ?? ''
    expect(policy).toContain("script-src 'self';")
    expect(policy).not.toContain('unsafe-eval')
  })

  it('says how to build it where it is not built, and serves the API', async () => {
    const answer = await fetch(`${unbuilt.base}/c/crimson`)
    expect(answer.status).toBe(503)
    expect(await answer.text()).toContain('npm run web:build')
    expect((await fetch(`${unbuilt.base}/api/v1/setup`)).status).toBe(200)
  })
})
