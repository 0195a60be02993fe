import { difference, recordEvents } from '../journal/events.ts'
import type { Context } from '../kernel/context.ts'
import { type Decimal, decimal, zero } from '../kernel/decimal.ts'
import { tidyOptional } from '../kernel/guards.ts'
import { conflict, ruleBroken } from '../kernel/problem.ts'
import { type ReadBack, type Transaction, readBack } from '../kernel/transaction.ts'
import { updateRow } from '../kernel/update-row.ts'
import { differenceOf, onDraft, presentCount, valueOf } from './present-count.ts'
import {
  type CountLineRow,
  countAgain,
  enterCounted,
  selectCountLines,
  setCountState,
  takeCount,
} from './records.ts'
import type { CountAgain, CountChange, CountFinish, CountSheetOut } from './schemas.ts'

const updateCount = updateRow('counts', ['blind', 'counter', 'notes'] as const)

/** Who counts, whether blind, and notes. */
export async function changeCount(
  tx: Transaction,
  ctx: Context,
  id: string,
  input: CountChange,
  ifMatch: number | null,
): Promise<ReadBack<CountSheetOut>> {
  const companyId = ctx.company.id
  const { blind, counter, notes } = await takeCount(tx, ctx, id, 'cancel', ifMatch)
  const before = { blind, counter, notes }
  const after = {
    blind: input.blind ?? blind,
    counter: input.counter === undefined ? counter : tidyOptional(input.counter),
    notes: input.notes === undefined ? notes : input.notes,
  }
  const changed = difference(before, after)
  if (Object.keys(changed.after).length > 0) {
    tx.write(updateCount, { companyId, id, row: after })
    recordEvents(tx, ctx, [
      { type: 'stock-count.changed', objectKind: 'stock-count', objectId: id, ...changed },
    ])
  }
  return readBack(() => presentCount(tx, ctx, id))
}

/** The differences wait for approval. What nobody counted is refused, left as it is, or counted as nothing. */
export async function finishCount(
  tx: Transaction,
  ctx: Context,
  id: string,
  { uncounted = 'refuse' }: CountFinish,
  ifMatch: number | null,
): Promise<ReadBack<CountSheetOut>> {
  const companyId = ctx.company.id
  await takeCount(tx, ctx, id, 'finish', ifMatch)
  const lines = await tx.all(selectCountLines, { companyId, id })
  const open = lines.filter((line) => line.counted === null)
  if (open.length === lines.length && uncounted !== 'none')
    throw conflict('nothing-counted', 'Nothing is counted yet. Enter what lies there first.')
  if (open.length > 0 && uncounted === 'refuse') {
    const first = open[0]!
    throw conflict(
      'not-counted',
      `${open.length} of ${lines.length} lines are not counted, the first is ${first.sku} in ${first.location}. Count them, or say that they stay as they are or that nothing lies there.`,
      { uncounted: open.length },
    )
  }
  if (open.length > 0 && uncounted === 'none')
    tx.write(enterCounted, {
      companyId,
      countId: id,
      by: ctx.actor.name,
      now: ctx.now,
      rows: open.map((line) => ({ id: line.id, counted: zero, at: null })),
    })
  tx.write(setCountState, { companyId, id, state: 'to-approve' })
  recordEvents(tx, ctx, [
    {
      type: 'stock-count.finished',
      objectKind: 'stock-count',
      objectId: id,
      after: {
        state: 'to-approve',
        uncounted: open.length === 0 ? 0 : { lines: open.length, are: uncounted },
      },
    },
  ])
  return readBack(() => presentCount(tx, ctx, id))
}

/** Has lines counted again: those that are named, or that differ by more than a limit. */
export async function recount(
  tx: Transaction,
  ctx: Context,
  id: string,
  input: CountAgain,
  ifMatch: number | null,
): Promise<ReadBack<CountSheetOut>> {
  const { lineIds, overPercent, overValue } = input
  if (lineIds === undefined && overPercent === undefined && overValue === undefined)
    throw ruleBroken(
      'nothing-named',
      '/lineIds',
      'Say which lines: name them, or give a limit for differences.',
    )
  const companyId = ctx.company.id
  const row = await takeCount(tx, ctx, id, 'recount', ifMatch)
  if (row.adjustment !== null) throw conflict('on-draft', onDraft(row.adjustment))
  const lines = await tx.all(selectCountLines, { companyId, id })
  for (const [i, lineId] of (lineIds ?? []).entries()) {
    if (!lines.some((line) => line.id === lineId))
      throw ruleBroken('unknown-line', `/lineIds/${i}`, 'This count has no such line.')
  }
  const again = lines.filter(
    (line) =>
      line.counted !== null &&
      (lineIds?.includes(line.id) ||
        isOver(line, overPercent === undefined ? null : decimal(overPercent)) ||
        (overValue !== undefined && (valueOf(ctx, line) ?? zero).abs().gt(decimal(overValue)))),
  )
  if (again.length === 0)
    throw conflict('nothing-over', 'No counted line differs by that much: there is nothing to count again.')
  tx.write(countAgain, { companyId, ids: again.map((line) => line.id) })
  tx.write(setCountState, { companyId, id, state: 'counting' })
  recordEvents(tx, ctx, [
    {
      type: 'stock-count.recounted',
      objectKind: 'stock-count',
      objectId: id,
      before: { lines: again.map(({ sku, counted, book }) => ({ sku, counted, book })) },
      after: { state: 'counting' },
    },
  ])
  return readBack(() => presentCount(tx, ctx, id))
}

/** Whether a line differs by more than this part of what the books had; of nothing any difference is more. */
function isOver(line: CountLineRow, percent: Decimal | null): boolean {
  const differs = differenceOf(line)
  if (percent === null || differs === null || differs.eq(zero)) return false
  return differs.abs().times('100').gt(line.book!.abs().times(percent))
}

/** Nothing of it is booked. */
export async function cancelCount(
  tx: Transaction,
  ctx: Context,
  id: string,
  reason: string | null,
  ifMatch: number | null,
): Promise<ReadBack<CountSheetOut>> {
  const companyId = ctx.company.id
  const row = await takeCount(tx, ctx, id, 'cancel', ifMatch)
  if (row.adjustment !== null) throw conflict('on-draft', onDraft(row.adjustment))
  tx.write(setCountState, { companyId, id, state: 'cancelled' })
  recordEvents(tx, ctx, [
    {
      type: 'stock-count.cancelled',
      objectKind: 'stock-count',
      objectId: id,
      before: { state: row.state },
      after: { state: 'cancelled' },
      reason,
    },
  ])
  return readBack(() => presentCount(tx, ctx, id))
}
