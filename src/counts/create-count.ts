import { findProducts } from '../catalogue/index.ts'
import { recordEvents } from '../journal/events.ts'
import { madeBy } from '../journal/made-by.ts'
import { takeNumber } from '../journal/numbering.ts'
import type { Context } from '../kernel/context.ts'
import { tidyOptional } from '../kernel/guards.ts'
import { newId } from '../kernel/ids.ts'
import { conflict, ruleBroken } from '../kernel/problem.ts'
import { sql, statement } from '../kernel/sql.ts'
import { type ReadBack, type Transaction, readBack } from '../kernel/transaction.ts'
import { requireWarehouse } from '../orders/index.ts'
import { chooseLines, mostLines } from './choose-lines.ts'
import { presentCount } from './present-count.ts'
import { insertCountLines } from './records.ts'
import type { CountInput, CountSheetOut } from './schemas.ts'

const selectLocation = statement(
  'location_to_count',
  { id: 'uuid' },
  (p: { companyId: string; warehouseId: string; id: string }) => sql`
    select id from locations where company_id = ${p.companyId} and id = ${p.id} and warehouse_id = ${p.warehouseId}
      and type = 'stock' and not archived`,
)

const insertCount = statement(
  'insert_count',
  {},
  (p: {
    companyId: string
    id: string
    date: string
    warehouseId: string
    locationId: string | null
    category: string | null
    abc: string | null
    blind: boolean
    counter: string | null
    notes: string | null
    now: Date
    createdBy: string
    createdByUser: string | null
  }) => sql`
    insert into counts (company_id, id, number, state, date, warehouse_id, location_id, category, abc, blind, counter, notes,
      created_at, created_by, created_by_user)
    values (${p.companyId}, ${p.id}, ${takeNumber(p.companyId, 'stock-count', p.date)}, 'counting', ${p.date}, ${p.warehouseId},
      ${p.locationId}, ${p.category}, ${p.abc}, ${p.blind}, ${p.counter}, ${p.notes}, ${p.now}, ${p.createdBy}, ${p.createdByUser})`,
)

/** A sheet of what lies in a warehouse, or in a part of it, to be counted from now on. */
export async function createCount(
  tx: Transaction,
  ctx: Context,
  input: CountInput,
): Promise<ReadBack<CountSheetOut>> {
  const companyId = ctx.company.id
  const warehouse = await requireWarehouse(tx, ctx, input.warehouseId)
  const [location, products, lines] = await Promise.all([
    input.locationId == null
      ? null
      : tx.maybe(selectLocation, { companyId, warehouseId: warehouse.id, id: input.locationId }),
    input.productIds === undefined ? null : findProducts(tx, companyId, input.productIds),
    chooseLines(tx, ctx, warehouse.id, input),
  ])
  if (input.locationId != null && location === null)
    throw ruleBroken(
      'location',
      '/locationId',
      `${warehouse.name} has no such location for stock. Choose one of its own.`,
    )
  for (const [i, id] of (input.productIds ?? []).entries()) {
    const product = products!.get(id)
    if (!product) throw ruleBroken('unknown-product', `/productIds/${i}`, 'This product does not exist.')
    if (product.type !== 'stocked')
      throw ruleBroken(
        'service',
        `/productIds/${i}`,
        `${product.sku} is a service; there is nothing to count.`,
      )
  }
  if (lines.length === 0)
    throw conflict(
      'nothing-there',
      `By the books nothing of this lies in ${warehouse.name}. Choose more, or name the products to look for.`,
    )
  if (lines.length > mostLines)
    throw conflict(
      'too-many-lines',
      `More than ${mostLines} lines lie there; a sheet has ${mostLines} at the most. Choose a location, a category, a class or products.`,
      { limit: mostLines },
    )
  const id = newId()
  tx.write(insertCount, {
    companyId,
    id,
    date: ctx.today,
    warehouseId: warehouse.id,
    locationId: input.locationId ?? null,
    category: input.category ?? null,
    abc: input.abc ?? null,
    blind: input.blind ?? true,
    counter: tidyOptional(input.counter),
    notes: input.notes ?? null,
    now: ctx.now,
    ...madeBy(ctx),
  })
  tx.write(insertCountLines, {
    rows: lines.map((line, i) => ({
      companyId,
      id: newId(),
      countId: id,
      position: i + 1,
      ...line,
      lotNumber: null,
      expiresOn: null,
    })),
  })
  const { locationId = null, category = null, abc = null, counter = null } = input
  recordEvents(tx, ctx, [
    {
      type: 'stock-count.created',
      objectKind: 'stock-count',
      objectId: id,
      after: { warehouseId: warehouse.id, locationId, category, abc, counter, lines: lines.length },
    },
  ])
  return readBack(() => presentCount(tx, ctx, id))
}
