import { setTimeout as pause } from 'node:timers/promises'
import type { TestContext } from 'vitest'
import { checkCompany } from '../../src/check.ts'
import { inTransaction } from '../../src/kernel/transaction.ts'
import type { CompanySettings } from '../support/companies.ts'
import { sharedData } from '../support/shared-data.ts'
import { type TestApp, startTestApp } from '../support/test-app.ts'
import { Figures } from './figures.ts'

/** For the load: alone it takes a minute or so, beside other work longer. The limit is for what hangs. */
export const longest = 600_000

/** A set of real data, loaded once by the first test of its file and looked at by the others. */
export class RealData<L> {
  readonly name: string
  readonly figures = new Figures()
  readonly #folder: string
  #app: TestApp | undefined
  #loaded: L | undefined

  constructor(name: string, folder: string) {
    this.name = name
    this.#folder = folder
  }

  /** Where the files are; skips the test where they are absent. */
  folder(test: TestContext): string {
    return sharedData(test, this.#folder)
  }

  async load(settings: CompanySettings, load: (app: TestApp) => Promise<L>): Promise<L> {
    this.#app = await startTestApp({ company: { name: this.name, currency: 'USD', ...settings } })
    const stop = keepStatistics(this.#app)
    try {
      this.#loaded = await load(this.#app)
    } finally {
      await stop()
    }
    return this.#loaded
  }

  played(test: TestContext): { app: TestApp; loaded: L } {
    this.folder(test)
    if (!this.#app || this.#loaded === undefined) {
      throw new Error(`${this.name} was not loaded, see the first test`)
    }
    return { app: this.#app, loaded: this.#loaded }
  }

  /** Every derived row, recomputed from the ledgers. */
  async check(test: TestContext): Promise<unknown[]> {
    const { db, company } = this.played(test).app
    return inTransaction(db, { companyId: company.id }, (tx) => checkCompany(tx, company.id), {
      readOnly: true,
    })
  }

  async close(report: (loaded: L) => string): Promise<void> {
    if (this.#loaded !== undefined)
      console.log(`${this.name}\n${this.figures.table}\n${report(this.#loaded)}`)
    await this.#app?.close()
  }
}

/**
 * The test server does not look after itself, for short tests have nothing to look after. An installation
 * does: without statistics every table looks like one row to the planner, and thousands of documents would
 * be found by reading all of them. Gathered after one second, two, four and so on, as the tables grow.
 * @returns what ends it.
 */
function keepStatistics(app: TestApp): () => Promise<void> {
  const ended = new AbortController()
  const gather = async (): Promise<void> => {
    for (let seconds = 1; ; seconds *= 2) {
      await pause(seconds * 1000, null, { signal: ended.signal })
      await app.ownerDb.query('analyze')
    }
  }
  const gathering = gather().catch((error: unknown) => {
    if (!ended.signal.aborted) throw error
  })
  gathering.catch(() => {}) // thrown when it ends
  return async () => {
    ended.abort()
    await gathering
  }
}
