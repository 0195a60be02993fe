import { existsSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { FastifyInstance } from 'fastify'
import { buildApp } from '../../src/app.ts'
import { firstStart } from '../../src/setup/index.ts'
import { type TestDatabase, copyDatabase } from '../support/databases.ts'

const browserPath = process.env['CHROMIUM'] ?? '/usr/bin/chromium'
const browserIsThere = existsSync(browserPath)

describe.skipIf(!browserIsThere && process.env['CI'] !== 'true')('the start page in a browser', () => {
  let database: TestDatabase
  let app: FastifyInstance
  let base: string
  let folder: string
  beforeAll(async () => {
    database = await copyDatabase()
    await firstStart(database.db)
    const secret = 'a-secret-of-this-test-that-is-long-enough-0123456789'
    app = await buildApp({
      db: database.db,
      secret,
      baseUrl: 'http://localhost',
      rateLimits: null,
      signInLimits: null,
    })
    base = (await app.listen({ host: '127.0.0.1', port: 0 })).replace('127.0.0.1', 'localhost')
    folder = await mkdtemp(join(tmpdir(), 'zapas-browser-'))
  })
  afterAll(async () => {
    await app.close()
    await database.drop()
    await rm(folder, { recursive: true, force: true })
  })

  it('makes the owner account and leads on to the API', async () => {
    const context = await chromium.launchPersistentContext(folder, {
      executablePath: browserPath,
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-quic',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
      ],
      viewport: { width: 1280, height: 800 },
    })
    try {
      const page = await context.newPage()
      const faults: string[] = []
      page.on('pageerror', (error) => faults.push(error.message))
      await page.goto(base)
      await page.getByRole('heading', { name: 'Make the owner account' }).waitFor()
      await page.getByLabel('Your name').fill('Samson')
      await page.getByLabel('E-mail').first().fill('samson@example.com')
      await page.getByLabel('Password').first().fill('correct-horse-battery')
      await page.getByRole('button', { name: 'Make the account' }).click()
      await page.getByText('Signed in as Samson').waitFor()
      expect(await page.getByRole('link', { name: 'Browse and try the API' }).getAttribute('href')).toBe(
        '/api/docs',
      )
      await page.getByRole('button', { name: 'Sign out' }).click()
      await page.getByRole('heading', { name: 'Sign in' }).waitFor()
      await page.getByLabel('E-mail').last().fill('samson@example.com')
      await page.getByLabel('Password').last().fill('a wrong one, surely')
      await page.getByRole('button', { name: 'Sign in' }).click()
      await page.locator('[role=status].error').waitFor()
      expect(await page.getByLabel('E-mail').last().inputValue()).toBe('samson@example.com')
      expect(faults).toEqual([])
    } finally {
      await context.close()
    }
  })
})
