import { Problem } from '../../src/kernel/problem.ts'
import type { Answered } from '../support/api.ts'
import type { TestApp } from '../support/test-app.ts'
import type { AdventureWorks, PurchaseOrder } from './adventureworks-data.ts'
import { post } from './clerk.ts'
import { type Pace, inFlight } from './in-flight.ts'

/** The tax of all orders: 8 per cent of the goods, none on freight. */
export const taxPercent = 8

export interface LoadedAdventureWorks {
  /** Orders whose bill was refused until somebody accepted what it differs in. */
  readonly decided: ReadonlySet<string>
  readonly pace: Pace
}

/**
 * Every purchase order with its receipt and its bill. The vendor bills what he sent, rejected goods too; so
 * a bill for rejected goods differs from what was kept, and is not posted without a decision.
 */
export async function loadAdventureWorks(app: TestApp, data: AdventureWorks): Promise<LoadedAdventureWorks> {
  const { id: taxId } = await post(app, '/taxes', {
    name: 'Sales tax',
    rate: String(taxPercent),
    category: 'S',
  })
  const vendorIds = new Map<string, string>()
  await inFlight('AdventureWorks vendors', data.vendors, async (row) => {
    const fields = { code: row.AccountNumber, name: row.Name, roles: ['vendor'], currency: 'USD' }
    vendorIds.set(row.BusinessEntityID, (await post(app, '/parties', fields)).id)
  })
  const productIds = new Map<string, string>()
  await inFlight('AdventureWorks products', data.products, async (row) => {
    const made = await post(app, '/products', {
      sku: row.ProductNumber,
      name: row.Name,
      salesPrice: row.ListPrice,
      purchasePrice: row.StandardCost,
      purchaseTaxIds: [taxId],
      vendors: row.vendors.map((vendor) => ({
        partyId: vendorIds.get(vendor.BusinessEntityID),
        price: vendor.StandardPrice,
        currency: 'USD',
        minimumQuantity: vendor.MinOrderQty,
        leadTimeDays: Number(vendor.AverageLeadTime),
      })),
    })
    productIds.set(row.ProductID, made.id)
  })
  const decided = new Set<string>()
  const pace = await inFlight('AdventureWorks purchase orders', data.orders, async (order) => {
    const { id, lines } = await enter(app, order, vendorIds, productIds)
    await receive(app, order, id, lines)
    if (await bill(app, order, id, lines)) decided.add(order.id)
    const short = order.lines.some((line) => line.received < line.ordered)
    if (short) await post(app, `/purchase-orders/${id}/close`, { reason: 'nothing more will come' })
  })
  return { decided, pace }
}

async function enter(
  app: TestApp,
  order: PurchaseOrder,
  vendorIds: ReadonlyMap<string, string>,
  productIds: ReadonlyMap<string, string>,
): Promise<Answered> {
  const draft = await post(app, '/purchase-orders', {
    partyId: vendorIds.get(order.vendorId),
    orderDate: order.date,
    expectedDate: order.shipped,
    reference: order.id,
    lines: [
      ...order.lines.map((line) => ({
        productId: productIds.get(line.productId),
        quantity: String(line.ordered),
        unitPrice: line.unitPrice,
        expectedDate: line.due,
      })),
      { description: 'Freight', quantity: '1', unitPrice: order.freight },
    ],
  })
  return post(app, `/purchase-orders/${draft.id}/confirm`)
}

async function receive(
  app: TestApp,
  order: PurchaseOrder,
  orderId: string,
  lines: Answered['lines'],
): Promise<void> {
  const note = await post(app, `/purchase-orders/${orderId}/receipt-notes`, {
    date: order.shipped,
    lines: order.lines.map(({ received, rejected }, i) => ({
      sourceLineId: lines[i]!.id,
      quantity: String(received - rejected),
      ...(rejected > 0 && { rejectedQuantity: String(rejected), reason: 'failed the inspection' }),
    })),
  })
  await post(app, `/receipt-notes/${note.id}/post`)
}

/** @returns whether it differed and somebody had to decide. */
async function bill(
  app: TestApp,
  order: PurchaseOrder,
  orderId: string,
  lines: Answered['lines'],
): Promise<boolean> {
  const draft = await post(app, `/purchase-orders/${orderId}/bills`, {
    date: order.shipped,
    reference: `PO ${order.id}`,
    // The last line is the freight.
    lines: lines.map((line, i) => ({
      sourceLineId: line.id,
      quantity: String(order.lines[i]?.received ?? 1),
    })),
  })
  try {
    await post(app, `/bills/${draft.id}/post`)
    return false
  } catch (error) {
    if (!(error instanceof Problem) || error.code !== 'bill-differs') throw error
    const acceptDifferences = { reason: 'rejected goods are paid and credited later' }
    await post(app, `/bills/${draft.id}/post`, { acceptDifferences })
    return true
  }
}
