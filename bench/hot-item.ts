import { Refused, connect, perSecond } from './client.ts'
import { type Goods, oneOf } from './goods.ts'
import { type Installation, asAdmin } from './installation.ts'
import { measureLimit } from './limit.ts'

export interface HotItem {
  readonly connections: number
  readonly workers: number
  /** Reservations of one product per second, each its own request and durable commit. */
  readonly zapas: number
  readonly limit: number | null
  readonly ratio: number | null
  /** Of a product of which fewer are there than are asked for: what was promised beyond them. Must be 0. */
  readonly oversold: number
  /** Of those requests, how many got one, and how many were told that there is none. */
  readonly reserved: number
  readonly refused: number
}

const connections = 64
const scarce = 500

/** Everybody wants the same product. */
export async function hotItem(
  installation: Installation,
  goods: Goods,
  { seconds, workers }: { readonly seconds: number; readonly workers: number },
): Promise<HotItem> {
  const server = await installation.serve({ workers })
  const api = connect(server.url, installation.key, connections)
  const reserve = (productId: string) =>
    api.call('POST', '/stock-reservations', {
      partyId: oneOf(goods.customers),
      warehouseId: goods.warehouseId,
      reserveUntil: new Date(Date.now() + 86_400_000).toISOString(),
      lines: [{ productId, quantity: '1' }],
    })
  try {
    await perSecond(connections, 2, async () => void (await reserve(goods.products[0]!)))
    const zapas = await perSecond(connections, seconds, async () => void (await reserve(goods.products[0]!)))
    const few = await api.call('POST', '/products', {
      sku: `FEW-${Date.now()}`,
      name: 'Few',
      type: 'stocked',
      unit: 'pcs',
    })
    await api.call('POST', '/stock-adjustments', {
      post: true,
      warehouseId: goods.warehouseId,
      lines: [{ productId: few.id, quantityChange: String(scarce), unitCost: '1', reason: 'opening' }],
    })
    const outcome = { reserved: 0, refused: 0 }
    let left = scarce * 2
    await Promise.all(
      Array.from({ length: connections }, async () => {
        while (left-- > 0) {
          try {
            await reserve(few.id)
            outcome.reserved++
          } catch (error) {
            if (!(error instanceof Refused) || error.status !== 409) throw error
            outcome.refused++
          }
        }
      }),
    )
    const promised = await asAdmin(installation.adminUrl, async (client) => {
      const { rows } = await client.query<{ sum: string }>(
        'select sum(reserved) from stock_demands where product_id = $1',
        [few.id],
      )
      return Number(rows[0]!.sum)
    })
    const limit = (await measureLimit(installation, 'hot-item', connections, seconds))?.perSecond ?? null
    return {
      connections,
      workers,
      zapas,
      limit,
      ratio: limit === null ? null : zapas / limit,
      oversold: Math.max(0, promised - scarce, outcome.reserved - scarce),
      ...outcome,
    }
  } finally {
    await api.close()
    await server.stop()
  }
}
