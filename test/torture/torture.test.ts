import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { type TestDatabase, copyDatabase } from '../support/databases.ts'
import { Workshop, query } from '../platform/processes.ts'
import { cutRun } from './cut-run.ts'
import { diskRun, mountSmallDisk } from './disk-run.ts'
import { killRun } from './kill-run.ts'
import { migrateRun } from './migrate-run.ts'

/** The short form of `npm run torture` (docs/torture.md). */

const workshop = new Workshop()
afterAll(() => workshop.clear())
const say = (): void => {}

describe('faults under load lose nothing and double nothing', () => {
  let database: TestDatabase
  beforeAll(async () => {
    database = await copyDatabase()
  })
  afterAll(async () => {
    await workshop.endAll()
    await database.drop()
  })

  it('kill -9 of the server and of PostgreSQL', async () => {
    const summary = await killRun(workshop, {
      seed: 11,
      serverKills: 1,
      postgresKills: 2,
      clients: 8,
      workers: 1,
      say,
    })
    expect(summary.differences).toEqual([])
    expect(Object.values(summary.kills).reduce((a, b) => a + b)).toBe(3)
    expect(summary.acknowledged).toBeGreaterThan(30)
    expect(summary.withoutAnswer).toBeGreaterThan(0)
  })

  it('connections cut before a commit, and between it and its answer', async () => {
    const { ownerUrl } = database
    const summary = await cutRun(workshop, { seed: 12, clients: 8, seconds: 3, ownerUrl, say })
    expect(summary.differences).toEqual([])
    expect(summary.cutAfterCommit).toBeGreaterThan(0)
    expect(summary.withoutAnswer).toBeGreaterThan(0)
    expect(Object.keys(summary.unavailable)).toEqual(['database-unavailable'])
  })

  it('a full disk', async (test) => {
    const folder = workshop.folder()
    const unmount = mountSmallDisk(folder)
    test.skip(unmount === null, 'only root can mount a small disk')
    try {
      const summary = await diskRun(workshop, folder, { seed: 13, clients: 6, untilItEnds: true, say })
      expect(summary).toMatchObject({ differences: [], readsWhileFull: 10, postgresEnded: true })
      expect(summary.unavailable['database-full']).toBeGreaterThan(0)
      expect(summary.acknowledged).toBeGreaterThan(summary.acknowledgedBefore)
    } finally {
      await workshop.endAll()
      unmount?.()
    }
  })

  it('migrations that are killed, and two at once', async () => {
    const name = `killed_${process.pid}`
    const url = new URL(inject('postgres').ownerUrl)
    const admin = new URL(inject('postgres').adminUrl)
    admin.pathname = '/postgres'
    await query(admin.href, `create database ${name} owner ${url.username}`)
    url.pathname = `/${name}`
    try {
      expect((await migrateRun(workshop, { seed: 14, kills: 3, ownerUrl: url.href })).differences).toEqual([])
    } finally {
      await query(admin.href, `drop database ${name} with (force)`)
    }
  })
})
