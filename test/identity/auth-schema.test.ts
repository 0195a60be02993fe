import { getMigrations } from 'better-auth/db/migration'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { authSettings } from '../../src/identity/auth.ts'
import { type TestDatabase, copyDatabase } from '../support/databases.ts'

let database: TestDatabase
beforeAll(async () => {
  database = await copyDatabase()
})
afterAll(() => database.drop())

it('the migrated tables are those that the installed sign-in library wants', async () => {
  const plan = await getMigrations(
    authSettings({ db: database.ownerDb, secret: 'x'.repeat(40), baseUrl: 'http://localhost:3000' }),
  )
  expect(plan.toBeCreated).toEqual([])
  expect(plan.toBeAdded).toEqual([])
  expect(plan.toBeAddedIndexes).toEqual([])
  expect(plan.schemaProblems).toEqual([])
})
