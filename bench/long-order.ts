import { connect } from './client.ts'
import type { Goods } from './goods.ts'
import type { Installation } from './installation.ts'

export interface LongOrder {
  readonly lines: number
  /** Milliseconds, the median of the runs. */
  readonly create: number
  readonly confirm: number
  readonly deliver: number
  readonly invoice: number
  readonly pay: number
}

const lineCount = 1000
const runs = 5

/** One order of a thousand lines, from entry to cash. */
export async function longOrder(installation: Installation, goods: Goods): Promise<LongOrder> {
  const server = await installation.serve()
  const api = connect(server.url, installation.key, 1)
  const taken: Record<string, number[]> = {}
  const step = async <T>(name: string, work: () => Promise<T>): Promise<T> => {
    const started = performance.now()
    const done = await work()
    ;(taken[name] ??= []).push(performance.now() - started)
    return done
  }
  try {
    for (let run = 0; run < runs; run++) {
      const lines = goods.products
        .slice(run * lineCount, (run + 1) * lineCount)
        .map((productId) => ({ productId, quantity: '2', unitPrice: '10.00' }))
      const body = { partyId: goods.customers[run]!, warehouseId: goods.warehouseId, lines }
      const order = await step('create', () => api.call('POST', '/sales-orders', body))
      await step('confirm', () => api.call('POST', `/sales-orders/${order.id}/confirm`))
      await step('deliver', () =>
        api.call('POST', `/sales-orders/${order.id}/delivery-notes`, { post: true }),
      )
      const invoice = await step('invoice', () =>
        api.call('POST', `/sales-orders/${order.id}/invoices`, { post: true }),
      )
      await step('pay', () => api.call('POST', `/invoices/${invoice.id}/payments`, {}))
    }
    const median = (name: string): number => taken[name]!.sort((a, b) => a - b)[Math.floor(runs / 2)]!
    return {
      lines: lineCount,
      create: median('create'),
      confirm: median('confirm'),
      deliver: median('deliver'),
      invoice: median('invoice'),
      pay: median('pay'),
    }
  } finally {
    await api.close()
    await server.stop()
  }
}
