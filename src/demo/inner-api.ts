import { routes as catalogue, warehouseRoutes } from '../catalogue/index.ts'
import { routes as counts } from '../counts/index.ts'
import { routes as documents } from '../documents/index.ts'
import { innerCalls } from '../http/inner-call.ts'
import { routes as identity, readCompany, systemActor } from '../identity/index.ts'
import { routes as invoices } from '../invoices/index.ts'
import type { Company, Context } from '../kernel/context.ts'
import { dateIn } from '../kernel/dates.ts'
import { newId } from '../kernel/ids.ts'
import { Problem } from '../kernel/problem.ts'
import type { Transaction } from '../kernel/transaction.ts'
import { routes as orders } from '../orders/index.ts'
import { routes as parties } from '../parties/index.ts'
import { allPermissions } from '../permissions.ts'
import { routes as replenishment } from '../replenishment/index.ts'
import { routes as shipments } from '../shipments/index.ts'
import { setAllowNegative, routes as stock } from '../stock/index.ts'

/** Who the audit trail says made the demo. */
export const demoActor = systemActor('demo data')

const read = innerCalls([
  ...identity,
  ...catalogue,
  ...warehouseRoutes({ afterAllowNegativeChange: setAllowNegative }),
  ...parties,
  ...stock,
  ...orders,
  ...replenishment,
  ...shipments,
  ...counts,
  ...invoices,
  ...documents,
])

/** What an operation answers, as the API writes it, with the fields that the demo reads. */
export interface Answer {
  readonly id: string
  readonly number: string | null
  readonly state: string
  readonly openAmount: string
  readonly unallocatedAmount: string
  readonly totals: { readonly net: string; readonly tax: string; readonly gross: string }
  readonly lines: readonly AnswerLine[]
  readonly items: readonly Answer[]
  readonly [field: string]: unknown
}

export interface AnswerLine {
  readonly id: string
  readonly productId: string | null
  readonly sku: string | null
  readonly quantity: string
  readonly reserved: string
  readonly serials: readonly string[]
  readonly [field: string]: unknown
}

/**
 * The public API from within: the same operations by the same addresses, checked by the same schemas, in
 * an open transaction and at any moment. So the demo can do nothing that a person or program could not.
 */
export class InnerApi {
  readonly #tx: Transaction
  #company: Company
  /** When it is now, for the operations called next. */
  moment: Date

  constructor(tx: Transaction, company: Company, moment: Date) {
    this.#tx = tx
    this.#company = company
    this.moment = moment
  }

  get(path: string): Promise<Answer> {
    return this.#call('GET', path, undefined)
  }

  post(path: string, body?: object): Promise<Answer> {
    return this.#call('POST', path, body)
  }

  patch(path: string, body: object): Promise<Answer> {
    return this.#call('PATCH', path, body)
  }

  async delete(path: string): Promise<void> {
    await this.#call('DELETE', path, undefined)
  }

  /** Reads the settings of the company again, after they were changed. */
  async refresh(): Promise<void> {
    const company = await readCompany(this.#tx, this.#company.id)
    if (company === null) throw new Error('the company of the demo is gone')
    this.#company = company
  }

  /** The calendar date in the company now. */
  get today(): string {
    return dateIn(this.#company.timeZone, this.moment)
  }

  async #call(method: string, address: string, body: object | undefined): Promise<Answer> {
    try {
      const result = await read(method, address, body, this.#context()).run(this.#tx)
      // As it would travel: decimals and moments are text.
      return JSON.parse(JSON.stringify(result ?? null)) as Answer
    } catch (error) {
      // A refusal is a fault of the demo, not of whoever asked for it.
      if (!(error instanceof Problem)) throw error
      const fields = error.errors.map(({ pointer, message }) => ` ${pointer}: ${message}`).join('')
      throw new Error(`${method} ${address} on ${this.today}: ${error.message}${fields}`, { cause: error })
    }
  }

  #context(): Context {
    return {
      company: this.#company,
      actor: demoActor,
      role: 'system',
      permissions: new Set(allPermissions),
      partyId: null,
      now: this.moment,
      today: this.today,
      requestId: newId(),
    }
  }
}
