import type { TestProject } from 'vitest/node'
import { makeTemplate } from './databases.ts'
import { startThrowAwayPostgres } from './postgres.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** The superuser's address of the test server, without a database name. */
    postgresUrl: string
  }
}

/** One PostgreSQL for the whole run; each test file works on its own copy of the migrated database. */
export default async function setUp(project: TestProject): Promise<() => Promise<void>> {
  const postgres = await startThrowAwayPostgres()
  try {
    await makeTemplate(postgres.url)
  } catch (error) {
    await postgres.stop()
    throw error
  }
  project.provide('postgresUrl', postgres.url)
  return () => postgres.stop()
}
