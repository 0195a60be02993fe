import { inUnit } from '../../catalogue/index.ts'
import type { Context } from '../../kernel/context.ts'
import { type Decimal, max, zero } from '../../kernel/decimal.ts'
import { Problem } from '../../kernel/problem.ts'
import type { StockPromises } from '../promises.ts'

/** A line that is to be held, base quantity. */
export interface LineToHold {
  readonly id: string
  readonly productId: string
  readonly sku: string
  readonly numerator: number
  readonly denominator: number
  readonly quantity: Decimal
}

/**
 * Holds all of the lines until a moment.
 * @param why the beginning of a refusal, empty or a sentence with a space behind it.
 * @throws 409 naming every line that is short: a reservation holds all or nothing.
 */
export function holdLines(
  ctx: Context,
  stock: StockPromises,
  lines: readonly LineToHold[],
  at: { readonly warehouseId: string; readonly warehouseName: string; readonly until: Date },
  why = '',
): void {
  const short: { pointer: string; message: string; available: Decimal }[] = []
  for (const [i, line] of lines.entries()) {
    if (!line.quantity.gt(zero)) continue
    const available = max(stock.available(line.productId, at.warehouseId), zero)
    const demand = stock.want({
      sourceLineId: line.id,
      warehouseId: at.warehouseId,
      productId: line.productId,
      type: 'reservation',
      wanted: line.quantity,
      priority: 0,
      dueOn: ctx.today,
      expiresAt: at.until,
      createdAt: ctx.now,
    })
    stock.holdUntil(demand, at.until)
    if (demand.reserved.eq(demand.wanted)) continue
    short.push({
      pointer: `/lines/${i}/quantity`,
      message: `Only ${inUnit(available, line).toFixed()} of ${line.sku} available in ${at.warehouseName}, ${inUnit(line.quantity, line).toFixed()} needed.`,
      available,
    })
  }
  const [first] = short
  if (!first) return
  const more = short.length > 1 ? ` (and ${short.length - 1} more lines are short)` : ''
  throw new Problem(
    409,
    'not-available',
    `${why}${first.message}${more} Reserve less, or order it with back orders allowed.`,
    {
      errors: short.map(({ pointer, message }) => ({ pointer, message })),
      facts: { available: first.available.toFixed() },
    },
  )
}
