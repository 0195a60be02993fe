import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'
import { startEmbedded } from '../../src/database/index.ts'
import { ensureBuilt } from '../../src/web/index.ts'
import { makeTemplate } from './databases.ts'
import { offerServerProcesses } from './server-processes.ts'

/** One PostgreSQL for the whole run, thrown away with its data; each test file works on its own copy of the migrated database. */
export default async function setUp(project: TestProject): Promise<() => Promise<void>> {
  const folder = await mkdtemp(join(tmpdir(), 'zapas-test-'))
  const postgres = await startEmbedded({ dataDir: folder, durable: false })
  // Here, once: each server that a test starts would build it otherwise, several at a time.
  await ensureBuilt(() => {}, process.env).catch((error: unknown) => console.error(String(error)))
  const processes = await offerServerProcesses()
  const tearDown = async (): Promise<void> => {
    processes.stop()
    await postgres.close()
    await rm(folder, { recursive: true, force: true })
  }
  const { adminUrl, ownerUrl, appUrl } = postgres
  const server = { adminUrl, ownerUrl, appUrl }
  try {
    await makeTemplate(server)
  } catch (error) {
    await tearDown()
    throw error
  }
  project.provide('postgres', server)
  project.provide('serverProcesses', processes.url)
  return tearDown
}
