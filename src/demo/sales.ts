import { on } from './calendar.ts'
import type { Desk } from './desk.ts'
import { type Sale, sales } from './sales-data.ts'
import type { Story } from './tell.ts'

export function salesStories(desk: Desk): Story[] {
  return sales.map((sale, i) => sell(desk, sale, (i * 0.25) % 5))
}

/** @param spread so many hours later than others on the same day. */
async function* sell(desk: Desk, sale: Sale, spread: number): Story {
  const { who, lines, part, reference, priority, expected } = sale
  const head = {
    reference,
    priority,
    ...(expected !== undefined && { expectedDate: desk.calendar.date(expected) }),
  }
  yield on(sale.ordered, 9 + spread)
  if (sale.draft) {
    await desk.draftSale(who, lines, head)
    return
  }
  const order = await desk.sell(who, lines, head)
  if (sale.delivered !== undefined) {
    yield on(sale.delivered, 10 + spread)
    await desk.deliver(order, part && desk.part(order, part))
  }
  if (sale.invoiced !== undefined) {
    yield on(sale.invoiced, 11 + spread)
    const invoice = await desk.invoice(order, { reference, ...(part && desk.part(order, part)) })
    if (sale.paid !== undefined) {
      yield on(sale.paid, 12 + spread)
      const { amount, method = 'bank' } = sale
      await desk.pay('invoices', invoice, { method, amount })
    }
  }
  if (sale.ended !== undefined) {
    yield on(sale.ended.day, 15)
    await desk.act('sales-orders', order, sale.ended.how, { reason: sale.ended.reason })
  }
}
