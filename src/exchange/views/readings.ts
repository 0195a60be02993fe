import type { Context } from '../../kernel/context.ts'
import { type Decimal, decimal, sum, zero } from '../../kernel/decimal.ts'
import type { Value } from './cells.ts'

/** Ways in which a field is read that is not shown as it stands. */
export const readings = [
  'warehouse-name',
  'warehouse-code',
  'receivable',
  'receivable-overdue',
  'payable',
  'payable-overdue',
  'address',
  'city',
  'count',
  'known',
] as const
export type Reading = (typeof readings)[number]

/** Asks the API from within; null where the reader of the file may not. */
export type Ask = (address: string) => Promise<unknown>

interface Warehouse {
  readonly id: string
  readonly name: string
  readonly code: string
}

interface Address {
  readonly type?: string
  readonly name?: string | null
  readonly line1?: string | null
  readonly line2?: string | null
  readonly postalCode?: string | null
  readonly city?: string | null
  readonly region?: string | null
  readonly country?: string | null
}

interface OpenRow {
  readonly partyId: string
  readonly currency: string
  readonly balance: Decimal
  readonly days1to30: Decimal
  readonly days31to60: Decimal
  readonly days61to90: Decimal
  readonly over90: Decimal
}
interface OpenAnswer {
  readonly items: readonly OpenRow[]
  readonly totals: { readonly rows: number }
}

/** Reads fields for one file: what other lists tell of an id is asked once. */
export class Readings {
  readonly #ask: Ask
  readonly #ctx: Context
  readonly #known = new Map<string, Promise<unknown>>()
  readonly #readers: Readonly<Record<Reading, (field: unknown) => Value | Promise<Value>>> = {
    known: () => true,
    count: (field) => (field as readonly unknown[]).length,
    address: (field) => inOneLine(field as Address),
    city: (field) => cityOf(field as readonly Address[]),
    'warehouse-name': async (id) => (await this.#warehouses()).get(String(id))?.name,
    'warehouse-code': async (id) => (await this.#warehouses()).get(String(id))?.code,
    receivable: (id) => this.#open('receivable', String(id)),
    'receivable-overdue': (id) => this.#open('receivable-overdue', String(id)),
    payable: (id) => this.#open('payable', String(id)),
    'payable-overdue': (id) => this.#open('payable-overdue', String(id)),
  }

  constructor(ask: Ask, ctx: Context) {
    this.#ask = ask
    this.#ctx = ctx
  }

  async read(as: Reading, field: unknown): Promise<Value> {
    return this.#readers[as](field)
  }

  #once<T>(key: string, find: () => Promise<T>): Promise<T> {
    const known = (this.#known.get(key) as Promise<T> | undefined) ?? find()
    this.#known.set(key, known)
    return known
  }

  #warehouses(): Promise<ReadonlyMap<string, Warehouse>> {
    return this.#once('warehouses', async () => {
      const found = new Map<string, Warehouse>()
      for (let cursor: string | null = ''; cursor !== null;) {
        const search = new URLSearchParams({
          archived: 'all',
          limit: '200',
          ...(cursor !== '' && { cursor }),
        })
        const answer = (await this.#ask(`/warehouses?${search.toString()}`)) as {
          readonly items: readonly Warehouse[]
          readonly nextCursor: string | null
        } | null
        for (const warehouse of answer?.items ?? []) found.set(warehouse.id, warehouse)
        cursor = answer?.nextCursor ?? null
      }
      return found
    })
  }

  /** The company's currency stands bare; amounts of others are not added to it. */
  async #open(
    as: Exclude<Reading, 'known' | 'count' | 'address' | 'city' | `warehouse-${string}`>,
    partyId: string,
  ) {
    const side = as.startsWith('receivable') ? 'receivables' : 'payables'
    const amounts = (await this.#openOf(side, partyId))
      .map((row) => ({
        currency: row.currency,
        amount: as.endsWith('-overdue') ? overdue(row) : row.balance,
      }))
      .filter(({ amount }) => !amount.eq(zero))
    const own = this.#ctx.company.currency
    if (amounts.length === 1 && amounts[0]!.currency === own) return amounts[0]!.amount
    return amounts
      .map(({ amount, currency }) =>
        currency === own ? amount.toFixed() : `${amount.toFixed()} ${currency}`,
      )
      .join(' + ')
  }

  /** From the report of all parties; where it does not name them all, one that it leaves out is asked alone. */
  async #openOf(side: string, partyId: string): Promise<readonly OpenRow[]> {
    const all = await this.#once(side, async () => {
      const answer = (await this.#ask(`/${side}`)) as OpenAnswer | null
      return {
        whole: answer === null || answer.items.length === answer.totals.rows,
        byParty: Map.groupBy(answer?.items ?? [], (row) => row.partyId),
      }
    })
    if (all.whole) return all.byParty.get(partyId) ?? []
    // Of one with several currencies the report may name the largest alone.
    return ((await this.#ask(`/${side}?partyId=${partyId}`)) as OpenAnswer).items
  }
}

function overdue({ days1to30, days31to60, days61to90, over90 }: OpenRow): Decimal {
  return sum([days1to30, days31to60, days61to90, over90].map((amount) => decimal(amount)))
}

function cityOf(addresses: readonly Address[]): string | null {
  return (addresses.find(({ type }) => type === 'billing') ?? addresses[0])?.city ?? null
}

function inOneLine({ name, line1, line2, postalCode, city, region, country }: Address): string {
  return [name, line1, line2, [postalCode, city].filter(Boolean).join(' '), region, country]
    .filter(Boolean)
    .join(', ')
}
