import type { Context } from '../kernel/context.ts'
import { type Decimal, zero } from '../kernel/decimal.ts'
import { roundMoney } from '../kernel/money.ts'
import { notFound } from '../kernel/problem.ts'
import type { Transaction } from '../kernel/transaction.ts'
import { stockCount } from '../kinds.ts'
import type { OfferedAction } from '../offered-actions.ts'
import { type CountState, countActions } from './description.ts'
import { type CountLineRow, type CountRow, selectCount, selectCountLines, whyNot } from './records.ts'
import type { CountSheetOut } from './schemas.ts'

/** What a line differs from the books by, base units; null while it is not counted. */
export function differenceOf({ counted, book }: Pick<CountLineRow, 'counted' | 'book'>): Decimal | null {
  return counted === null || book === null ? null : counted.minus(book)
}

/** The difference at what the product costs now; null while it is not counted or no cost is known. */
export function valueOf(ctx: Context, line: CountLineRow): Decimal | null {
  const difference = differenceOf(line)
  if (difference === null) return null
  if (difference.eq(zero)) return zero
  return line.cost === null ? null : roundMoney(difference.times(line.cost), ctx.company.minorDigits)
}

/** Whether what the books have is kept from those who count. */
function isHidden(row: Pick<CountRow, 'blind' | 'state'>): boolean {
  return row.blind && row.state === 'counting'
}

/** @throws 404 */
export async function presentCount(tx: Transaction, ctx: Context, id: string): Promise<CountSheetOut> {
  const key = { companyId: ctx.company.id, id }
  const [row, lines] = await Promise.all([tx.maybe(selectCount, key), tx.all(selectCountLines, key)])
  if (row === null) throw notFound(stockCount.title)
  const hidden = isHidden(row)
  return {
    ...headOf(row),
    notes: row.notes,
    lines: lines.map((line) => lineOf(ctx, line, hidden)),
    actions: offered(row),
  }
}

export function headOf(row: CountRow) {
  return {
    id: row.id,
    number: row.number,
    state: row.state as CountState,
    date: row.date,
    warehouseId: row.warehouseId,
    warehouseName: row.warehouseName,
    locationId: row.locationId,
    location: row.location,
    category: row.category,
    abc: row.abc as CountSheetOut['abc'],
    blind: row.blind,
    counter: row.counter,
    adjustmentId: row.adjustmentId,
    adjustment: row.adjustment,
    version: row.version,
    createdAt: row.createdAt,
    createdBy: row.createdBy,
    lineCount: row.lineCount,
    countedCount: row.countedCount,
    differenceCount: isHidden(row) ? null : row.differenceCount,
  }
}

function lineOf(ctx: Context, line: CountLineRow, hidden: boolean): CountSheetOut['lines'][number] {
  const { cost: _, ...shown } = line
  const books = {
    onHand: line.onHand,
    book: line.book,
    difference: differenceOf(line),
    moved: line.book === null ? null : line.onHand.minus(line.book),
    value: valueOf(ctx, line),
    firstBook: line.firstBook,
  }
  const nothing = { onHand: null, book: null, difference: null, moved: null, value: null, firstBook: null }
  return {
    ...shown,
    tracking: line.tracking as CountSheetOut['lines'][number]['tracking'],
    ...(hidden ? nothing : books),
  }
}

function offered(row: CountRow): OfferedAction[] {
  const state = row.state as CountState
  return Object.entries(countActions).map(([name, { from }]) => {
    const reason = !(from as readonly string[]).includes(state)
      ? { code: 'wrong-state', message: whyNot(state, from), links: [] }
      : name === 'stock-adjustments' && row.adjustment !== null
        ? { code: 'on-draft', message: onDraft(row.adjustment), links: [adjustmentOf(row)] }
        : null
    return { name, allowed: reason === null, reason }
  })
}

function adjustmentOf({ adjustmentId, adjustment }: CountRow) {
  return { kind: 'stock-adjustment', id: adjustmentId!, number: adjustment }
}

/** Its adjustment was reopened: booking that one books the count. */
export function onDraft(number: string): string {
  return `${number} was reopened and has what was counted. Book it again, and reverse it then if the count is to start over.`
}
