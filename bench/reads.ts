import { type Client as Api, type Times, connect, timed } from './client.ts'
import { type Goods, oneOf } from './goods.ts'
import { type Installation, asAdmin } from './installation.ts'
import { documentsOfGroup, movesOfGroup, multiply } from './multiply.ts'

export interface Reads {
  readonly documents: number
  readonly moves: number
  /** By what was asked, in milliseconds through HTTP on one connection. */
  readonly times: Readonly<Record<string, Times>>
}

const requests = 200

/** What people wait for when they look, on a small and on a large company. */
export async function reads(
  installation: Installation,
  goods: Goods,
  sizes: readonly number[],
): Promise<Reads[]> {
  const measured: Reads[] = []
  let made = 0
  for (const documents of sizes) {
    const filling = await installation.serve()
    const filler = connect(filling.url, installation.key, 1)
    await multiply(installation, filler, goods, documents, made)
    await filler.close()
    await filling.stop()
    made = documents
    const server = await installation.serve()
    const api = connect(server.url, installation.key, 1)
    try {
      measured.push({
        documents,
        moves: (documents / documentsOfGroup) * movesOfGroup,
        times: await ask(api, goods, await someOrders(installation)),
      })
    } finally {
      await api.close()
      await server.stop()
    }
  }
  return measured
}

async function someOrders({ adminUrl }: Installation): Promise<string[]> {
  return asAdmin(adminUrl, async (client) => {
    const { rows } = await client.query<{ id: string }>(
      'select id from orders tablesample bernoulli (10) limit 5000',
    )
    return rows.map((row) => row.id)
  })
}

async function ask(api: Api, goods: Goods, orders: readonly string[]): Promise<Record<string, Times>> {
  const questions: Record<string, () => Promise<unknown>> = {
    'availability of 50 products': () =>
      api.call('POST', '/stock/availability', {
        warehouseId: goods.warehouseId,
        lines: Array.from({ length: 50 }, () => ({ productId: oneOf(goods.products), quantity: '1' })),
      }),
    'first page of orders': () => api.call('GET', '/sales-orders?limit=50'),
    'orders of one customer': () =>
      api.call('GET', `/sales-orders?limit=50&partyId=${oneOf(goods.customers)}`),
    'open orders by date': () => api.call('GET', '/sales-orders?limit=50&state=confirmed&sort=-orderDate'),
    'a page far down': deepPage(api),
    'search in orders': () =>
      api.call('GET', `/sales-orders?limit=50&q=customer%20${Math.floor(Math.random() * 999)}`),
    'search everywhere': () => api.call('GET', `/search?q=customer%20${Math.floor(Math.random() * 999)}`),
    'a document': () => api.call('GET', `/sales-orders/${oneOf(orders)}`),
    'a document with its chain': async () => {
      const id = oneOf(orders)
      await Promise.all([api.call('GET', `/sales-orders/${id}`), api.call('GET', `/documents/${id}/chain`)])
    },
    'ledger of a product': () => api.call('GET', `/stock/moves?limit=50&productId=${oneOf(goods.products)}`),
    'open invoices': () => api.call('GET', '/invoices?limit=50&paymentStatus=open'),
  }
  const times: Record<string, Times> = {}
  for (const [name, question] of Object.entries(questions)) {
    for (let i = 0; i < 20; i++) await question()
    times[name] = await timed(requests, question)
  }
  return times
}

/** The fortieth page, by its cursor. */
function deepPage(api: Api): () => Promise<unknown> {
  let cursor: string | null = null
  return async () => {
    if (cursor === null) {
      for (let page = 0; page < 40; page++) {
        const next: string = cursor === null ? '' : `&cursor=${encodeURIComponent(cursor)}`
        const { nextCursor } = await api.call('GET', `/sales-orders?limit=50${next}`)
        if (nextCursor === null) break
        cursor = nextCursor
      }
    }
    await api.call('GET', `/sales-orders?limit=50&cursor=${encodeURIComponent(cursor ?? '')}`)
  }
}
