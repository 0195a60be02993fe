import type { Context } from '../../kernel/context.ts'
import type { CalendarDate } from '../../kernel/dates.ts'
import { type Decimal, zero } from '../../kernel/decimal.ts'
import { notFound } from '../../kernel/problem.ts'
import type { Transaction } from '../../kernel/transaction.ts'
import { type AnyKind, titles } from '../../kinds.ts'
import {
  type OfLevel,
  selectAnnounced,
  selectDemands,
  selectExpiredLots,
  selectLevel,
  selectMovements,
} from './evidence.ts'

/** The figures of a level that can be asked about, and what each one means. */
const rules = {
  onHand:
    'Everything that moved into the stock places of the warehouse, less everything that moved out of them.',
  reserved: 'What orders and reservations hold; a reservation counts until it ends.',
  available: 'On hand, less what is reserved, less lots that have expired.',
  incoming: 'What confirmed purchase orders still expect.',
  outgoing: 'What confirmed sales orders still have to deliver, held or waiting.',
  forecast: 'On hand, plus what is incoming, less what is outgoing.',
  value:
    'What the goods that came in were worth, less what those that went out cost, with the corrections of later bills.',
} as const
export type Explained = keyof typeof rules
export const explainedFigures = Object.keys(rules) as Explained[]

export const causes = [
  'on-hand',
  'move',
  'reversal',
  'correction',
  'negative-stock',
  'promise',
  'expired-lot',
  'more',
] as const
type Cause = (typeof causes)[number]

/** One row of an explanation. All rows add up to the figure. */
interface Reason {
  /** What kind of row it is; the label says the same in words. */
  readonly cause: Cause
  readonly label: string
  readonly quantity: Decimal | null
  readonly amount: Decimal | null
  readonly kind: string | null
  readonly id: string | null
  readonly number: string | null
  readonly date: CalendarDate | null
  readonly party: string | null
  readonly priority: number | null
  /** Of `more`: how many rows it sums up. */
  readonly count: number | null
}

const nobody = { kind: null, id: null, number: null, date: null, party: null, priority: null, count: null }

/** Explains a figure by the rows that add up to it. */
export async function explainLevel(
  tx: Transaction,
  ctx: Context,
  query: { readonly productId: string; readonly warehouseId: string; readonly field: Explained },
) {
  const { field, productId, warehouseId } = query
  const p: OfLevel = { companyId: ctx.company.id, productId, warehouseId, now: ctx.now, today: ctx.today }
  // The figure and its reasons are read one after the other: they must be of the same moment.
  void tx.command('set transaction isolation level repeatable read')
  const [level, rows] = await Promise.all([tx.maybe(selectLevel, p), reasons[field](tx, p)])
  if (level === null) throw notFound('product or warehouse')
  const counted = field === 'available' || field === 'forecast' ? [onHand(level.onHand), ...rows] : rows
  return {
    ...query,
    unit: field === 'value' ? ctx.company.currency : level.unit,
    value: level[field],
    rule: rules[field],
    rows: counted,
  }
}

const reasons: Readonly<Record<Explained, (tx: Transaction, p: OfLevel) => Promise<Reason[]>>> = {
  onHand: (tx, p) => movements(tx, p, 'quantity'),
  value: (tx, p) => movements(tx, p, 'amount'),
  reserved: (tx, p) => demands(tx, p, 'held'),
  outgoing: (tx, p) => demands(tx, p, 'wanted'),
  incoming: announced,
  async available(tx, p) {
    const [held, expired] = await Promise.all([demands(tx, p, 'held'), expiredLots(tx, p)])
    return [...held, ...expired].map(less)
  },
  async forecast(tx, p) {
    const [more, fewer] = await Promise.all([announced(tx, p), demands(tx, p, 'wanted')])
    return [...more, ...fewer.map(less)]
  },
}

function onHand(quantity: Decimal): Reason {
  return { ...nobody, cause: 'on-hand', label: 'On hand', quantity, amount: null }
}

function less(reason: Reason): Reason {
  return { ...reason, quantity: reason.quantity?.neg() ?? null }
}

/** One row per document and what it did: a delivery of fifty serial numbers is one reason, its reversal another. */
async function movements(tx: Transaction, p: OfLevel, figure: 'quantity' | 'amount'): Promise<Reason[]> {
  const rows = await tx.all(selectMovements, { ...p, figure })
  const groups = new Map<string, Reason>()
  let shown = zero
  for (const row of rows) {
    const change = row[figure]
    const key = `${row.documentId} ${row.cause} ${row.undone}`
    const before = groups.get(key)?.[figure] ?? zero
    groups.set(key, {
      ...nobody,
      cause: causeOf(row),
      label: labelOf(row),
      quantity: null,
      amount: null,
      [figure]: before.plus(change),
      kind: row.kind,
      id: row.documentId,
      number: row.number,
      date: row.date,
    })
    shown = shown.plus(change)
  }
  const [first] = rows
  const more = first ? first.count - rows.length : 0
  if (!first || more === 0) return [...groups.values()]
  const rest = (figure === 'quantity' ? first.allQuantity : first.allAmount).minus(shown)
  const earlier: Reason = {
    ...nobody,
    cause: 'more',
    count: more,
    label: `${more} earlier movements`,
    quantity: null,
    amount: null,
    [figure]: rest,
  }
  return [...groups.values(), earlier]
}

function causeOf(row: { cause: string; undone: boolean }): Cause {
  if (row.cause === 'negative-stock') return 'negative-stock'
  if (row.cause !== 'move') return 'correction'
  return row.undone ? 'reversal' : 'move'
}

function labelOf(row: { kind: string; number: string | null; cause: string; undone: boolean }): string {
  const document = nameOf(row.kind, row.number)
  if (row.cause === 'negative-stock') return `Goods that went out before they came: cost set by ${document}`
  if (row.cause !== 'move') return `Cost corrected by ${document}`
  return row.undone ? `Reversal of ${document}` : document.replace(/^./, (c) => c.toUpperCase())
}

function nameOf(kind: string, number: string | null): string {
  const { title } = titles[kind as AnyKind]
  return number === null ? `${title} (draft)` : `${title} ${number}`
}

async function demands(tx: Transaction, p: OfLevel, figure: 'held' | 'wanted'): Promise<Reason[]> {
  return promises(await tx.all(selectDemands, { ...p, figure }))
}

async function announced(tx: Transaction, p: OfLevel): Promise<Reason[]> {
  return promises(await tx.all(selectAnnounced, p))
}

function promises(
  rows: readonly {
    kind: string
    documentId: string
    number: string | null
    party: string
    date: CalendarDate | null
    priority: number
    quantity: Decimal
    count: number
    allQuantity: Decimal
  }[],
): Reason[] {
  const shown = rows.map(({ kind, documentId, number, party, date, priority, quantity }): Reason => {
    const label = `${nameOf(kind, number).replace(/^./, (c) => c.toUpperCase())} of ${party}`
    return {
      ...nobody,
      cause: 'promise',
      label,
      quantity,
      amount: null,
      kind,
      id: documentId,
      number,
      date,
      party,
      priority,
    }
  })
  const [first] = rows
  const more = first ? first.count - rows.length : 0
  if (!first || more === 0) return shown
  const rest = shown.reduce((left, row) => left.minus(row.quantity!), first.allQuantity)
  return [
    ...shown,
    { ...nobody, cause: 'more', count: more, label: `${more} more`, quantity: rest, amount: null },
  ]
}

async function expiredLots(tx: Transaction, p: OfLevel): Promise<Reason[]> {
  const lots = await tx.all(selectExpiredLots, p)
  return lots.map((lot) => ({
    ...nobody,
    cause: 'expired-lot' as const,
    number: lot.number,
    label: `Lot ${lot.number}, expired on ${lot.expiresOn}`,
    quantity: lot.quantity,
    amount: null,
    date: lot.expiresOn,
  }))
}
