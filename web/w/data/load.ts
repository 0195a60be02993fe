import { decimal, max, round, zero } from '../../../src/kernel/decimal.ts'
import {
  type Count,
  type ItemOf,
  type OneOf,
  type Page,
  type Query,
  type Resource,
  api,
} from '../../api/index.ts'
import type { Arriving, Balance, Copies, Product, SavedCount, Sheet, Task, TaskLine } from './types.ts'

const pageSize = 200
/** So many rows of the code table and of places with goods are kept; a code that is not among them is asked for. */
const mostRows = 20_000
/** So many tasks of each sort are kept with their lines, the most urgent first. */
const mostTasks = 50
/** Requests at once. */
const atOnce = 4

/** Reads all that a warehouse needs. @throws NetworkFailure, ApiProblem */
export async function loadCopies(warehouseId: string): Promise<Copies> {
  const [products, places, balances, receipts, picks, arriving, counts, sheets, openReceipts, openPicks] =
    await Promise.all([
      all<'products'>('/products', { type: 'stocked' }),
      all<'locations'>('/locations', { warehouseId }),
      all<'stock/levels'>('/stock/balances', { warehouseId }) as unknown as Promise<BalanceRow[]>,
      tasks('purchase-orders', warehouseId),
      tasks('sales-orders', warehouseId),
      arrivingAt(warehouseId),
      savedCounts(warehouseId),
      openSheets(warehouseId),
      openOrders('purchase-orders', warehouseId),
      openOrders('sales-orders', warehouseId),
    ])
  return {
    at: Date.now(),
    products: products.map(productOf),
    places: places.flatMap(({ id, code, name, type, isDefault }) =>
      type === 'stock' || type === 'quarantine' ? [{ id, code, name, type, isDefault }] : [],
    ),
    balances: balances.map(balanceOf),
    receipts,
    picks,
    arriving,
    counts,
    sheets,
    open: { receipts: openReceipts, picks: openPicks },
  }
}

export interface BalanceRow {
  readonly productId: string
  readonly locationId: string
  readonly locationCode: string
  readonly locationType: 'stock' | 'quarantine'
  readonly lotId: string | null
  readonly lotNumber: string | null
  readonly expiresOn: string | null
  readonly expired: boolean
  readonly quantity: string
}

export function balanceOf(row: BalanceRow): Balance {
  const { productId, lotId, expiresOn, expired, quantity } = row
  return {
    productId,
    placeId: row.locationId,
    placeCode: row.locationCode,
    placeType: row.locationType,
    lotId,
    lot: row.lotNumber,
    expiresOn,
    expired,
    quantity,
  }
}

export function productOf({ id, sku, name, unit, tracking, barcode, units }: OneOf<'products'>): Product {
  return { id, sku, name, unit, tracking, barcode, units }
}

/** One order with what is open of it, read anew. */
export async function loadTask(kind: 'purchase-orders' | 'sales-orders', id: string): Promise<Task> {
  return taskOf(await api.get<OneOf<'purchase-orders'>>(`/${kind}/${id}`, {}, { anonymous: true }))
}

async function all<R extends Resource>(path: string, query: Query): Promise<ItemOf<R>[]> {
  const rows: ItemOf<R>[] = []
  let cursor: string | null = null
  do {
    const page: Page<ItemOf<R>> = await api.get(
      path,
      { ...query, limit: pageSize, cursor },
      { anonymous: true },
    )
    rows.push(...page.items)
    cursor = page.nextCursor
  } while (cursor !== null && rows.length < mostRows)
  return rows
}

const open = (warehouseId: string) => ({ state: 'confirmed', fulfilment: 'open', warehouseId })

async function openOrders(kind: string, warehouseId: string): Promise<number> {
  return (await api.get<Count>(`/${kind}/count`, open(warehouseId), { anonymous: true })).count
}

/** Open orders, what is expected first on top. */
async function tasks(kind: 'purchase-orders' | 'sales-orders', warehouseId: string): Promise<Task[]> {
  const query = { ...open(warehouseId), sort: 'expectedDate', limit: mostTasks }
  const { items } = await api.get<Page<ItemOf<'purchase-orders'>>>(`/${kind}`, query, { anonymous: true })
  const found = await some(items, ({ id }) => loadTask(kind, id))
  return found.filter(({ lines }) => lines.some((line) => decimal(line.open).gt(zero)))
}

async function some<T, R>(items: readonly T[], make: (item: T) => Promise<R>): Promise<R[]> {
  const made: R[] = []
  for (let i = 0; i < items.length; i += atOnce)
    made.push(...(await Promise.all(items.slice(i, i + atOnce).map(make))))
  return made
}

function taskOf(order: OneOf<'purchase-orders'>): Task {
  return {
    id: order.id,
    number: order.number ?? '',
    partyId: order.partyId,
    party: order.party.name,
    date: order.orderDate,
    expected: order.expectedDate,
    lines: order.lines.flatMap((line) => (line.stocked && line.productId !== null ? [lineOf(line)] : [])),
  }
}

function lineOf(line: OneOf<'purchase-orders'>['lines'][number]): TaskLine {
  const quantity = decimal(line.quantity)
  const ordered = decimal(line.baseQuantity)
  const ratio = quantity.eq(zero) ? decimal(1) : ordered.div(quantity)
  const inBase = (value: string) => round(decimal(value).times(ratio), 6)
  const openNow = inBase(line.open)
  // After a part of the line was given up nothing beyond the rest is taken.
  const over = decimal(line.cancelled).gt(zero)
    ? zero
    : ordered.times(decimal(line.tolerancePercent)).div(decimal(100))
  const beyond = max(inBase(line.received ?? line.delivered ?? '0').minus(ordered), zero)
  return {
    id: line.id,
    productId: line.productId!,
    sku: line.sku ?? '',
    name: line.description,
    ordered: ordered.toFixed(),
    open: openNow.toFixed(),
    most: openNow.plus(max(over.minus(beyond), zero)).toFixed(),
    tolerance: line.tolerancePercent,
  }
}

/** Transfers whose goods are on their way to here. */
async function arrivingAt(warehouseId: string): Promise<Arriving[]> {
  const { items } = await api.get<Page<ItemOf<'stock-transfers'>>>(
    '/stock-transfers',
    { inTransit: true, limit: mostTasks },
    { anonymous: true },
  )
  const coming = items.filter(
    (each) => each.toWarehouseId === warehouseId && each.warehouseId !== warehouseId,
  )
  const found = await some(coming, ({ id }) =>
    api.get<OneOf<'stock-transfers'>>(`/stock-transfers/${id}`, {}, { anonymous: true }),
  )
  return found.map(({ id, number, lines }) => ({
    id,
    number: number ?? '',
    lines: lines.flatMap((line) => {
      const rest = decimal(line.quantity).minus(decimal(line.received))
      if (!rest.gt(zero)) return []
      const { productId, sku, description, unit } = line
      return [{ id: line.id, productId, sku, name: description, unit, rest: rest.toFixed() }]
    }),
  }))
}

/** Stock counts that are being counted. */
async function openSheets(warehouseId: string): Promise<Sheet[]> {
  const { items } = await api.get<Page<ItemOf<'stock-counts'>>>(
    '/stock-counts',
    { state: 'counting', warehouseId, limit: mostTasks },
    { anonymous: true },
  )
  return items.map(({ id, number, counter, location, category, abc, countedCount, lineCount }) => ({
    id,
    number,
    counter,
    of: [location, category, abc].filter((part) => part !== null).join(' · ') || null,
    counted: countedCount,
    lines: lineCount,
  }))
}

/** Adjustments that are drafts and hold nothing but counted quantities. */
async function savedCounts(warehouseId: string): Promise<SavedCount[]> {
  const { items } = await api.get<Page<ItemOf<'stock-adjustments'>>>(
    '/stock-adjustments',
    { state: 'draft', warehouseId, limit: mostTasks },
    { anonymous: true },
  )
  const found = await some(items, ({ id }) =>
    api.get<OneOf<'stock-adjustments'>>(`/stock-adjustments/${id}`, {}, { anonymous: true }),
  )
  return found
    .filter(({ lines }) => lines.length > 0 && lines.every(({ countedQuantity }) => countedQuantity !== null))
    .map((draft) => ({
      id: draft.id,
      version: draft.version,
      reason: draft.reason ?? '',
      by: draft.createdBy,
      at: draft.createdAt,
      lines: draft.lines.map((line) => ({
        productId: line.productId,
        placeId: line.locationId,
        lot: line.lots[0]?.number ?? null,
        expiresOn: line.lots[0]?.expiresOn ?? null,
        quantity: line.countedQuantity!,
        unit: line.unit,
      })),
    }))
}
