import { findProductsBySku } from '../../catalogue/index.ts'
import type { Context } from '../../kernel/context.ts'
import { type Decimal, decimal, zero } from '../../kernel/decimal.ts'
import { Problem } from '../../kernel/problem.ts'
import { sql, statement } from '../../kernel/sql.ts'
import type { Transaction } from '../../kernel/transaction.ts'
import { createShipment, postShipment } from '../../shipments/index.ts'
import type { Field, ImportRow, Importer, Outcome } from './importer.ts'

const fields: readonly Field[] = [
  {
    name: 'sku',
    title: 'SKU',
    type: 'text',
    required: true,
    names: [
      'Product code',
      'Product number',
      'Part number',
      'Item number',
      'Code',
      'Reference',
      'Kod',
      'Indeks',
    ],
  },
  {
    name: 'warehouse',
    title: 'Warehouse',
    type: 'text',
    names: ['Warehouse code', 'Magazyn'],
    description: 'Code of the warehouse. Left out or empty: the first one.',
  },
  {
    name: 'lot',
    title: 'Lot',
    type: 'text',
    names: ['Lot number', 'Batch', 'Serial', 'Serial number', 'Partia'],
  },
  {
    name: 'expiresOn',
    title: 'Expires',
    type: 'date',
    names: ['Expiration date', 'Expiry date', 'Best before'],
  },
  {
    name: 'quantity',
    title: 'Quantity',
    type: 'decimal',
    required: true,
    names: ['On hand', 'Stock', 'Qty', 'Qty in stock', 'Physical QOH', 'Stan', 'Ilość'],
    description: 'What lies there, in the base unit. What is there already is set right, not added to.',
  },
  {
    name: 'unitCost',
    title: 'Unit cost',
    type: 'decimal',
    names: ['Cost', 'Purchase price', 'Average cost', 'Koszt', 'Cena zakupu'],
    description:
      "Company currency per base unit. Left out: the cost that the stock has, else the product's purchase price.",
  },
]

const findStock = statement(
  'find_stock_of_import',
  { warehouseCode: 'text', productId: 'uuid', lot: 'text?', quantity: 'numeric' },
  (p: { companyId: string; productIds: readonly string[] }) => sql`
    select w.code as warehouse_code, b.product_id, t.number as lot, sum(b.quantity) as quantity
    from stock_balances b
    join locations l on l.company_id = b.company_id and l.id = b.location_id and l.type = 'stock'
    join warehouses w on w.company_id = b.company_id and w.id = b.warehouse_id
    left join lots t on t.company_id = b.company_id and t.id = b.lot_id
    where b.company_id = ${p.companyId} and b.product_id = any(${p.productIds}::uuid[])
    group by w.code, b.product_id, t.number`,
)

export const findWarehouseCodes = statement(
  'find_warehouses_of_import',
  { id: 'uuid', code: 'text' },
  (p: { companyId: string }) =>
    sql`select id, code from warehouses where company_id = ${p.companyId} and not archived order by created_at, id`,
)

/** What lies in the warehouses: written as stock adjustments that count it. */
export const openingStockImporter: Importer = {
  what: 'opening-stock',
  title: 'opening stock',
  permission: 'stock-adjustment:post',
  fields,
  key: ['sku', 'warehouse', 'lot'],
  async save(tx, ctx, records) {
    const rows = records.map((record) => record.rows[0])
    const companyId = ctx.company.id
    const [products, warehouses] = await Promise.all([
      findProductsBySku(
        tx,
        companyId,
        rows.map((row) => String(row.values['sku'])),
      ),
      tx.all(findWarehouseCodes, { companyId }),
    ])
    const there = await stockOf(
      tx,
      companyId,
      [...products.values()].map((product) => product.id),
    )
    const lines = new Map<string, { index: number; line: object }[]>()
    const outcomes = rows.map((row, index): Outcome => {
      const fault = (field: string, message: string): Outcome => ({
        faults: [{ line: row.line, field, message }],
      })
      const {
        sku,
        warehouse: code,
        lot = null,
        expiresOn = null,
        quantity = null,
        unitCost = null,
      } = row.values
      const product = products.get(String(sku).normalize('NFC'))
      if (product === undefined)
        return fault('sku', `There is no product '${String(sku)}'. Import products first.`)
      const warehouse =
        code == null
          ? warehouses[0]
          : warehouses.find((each) => each.code.toLowerCase() === String(code).toLowerCase())
      if (warehouse === undefined) {
        return fault(
          'warehouse',
          `There is no warehouse '${String(code)}'. There are: ${warehouses.map((each) => each.code).join(', ')}.`,
        )
      }
      if (quantity === null) return fault('quantity', 'is empty; 0 says that nothing is there')
      const counted = decimal(String(quantity))
      if (counted.lt(zero)) return fault('quantity', 'is below 0; what lies in a warehouse is 0 or more')
      if (product.tracking !== 'none' && lot === null) {
        return fault(
          'lot',
          `is empty, but ${product.sku} is tracked by ${product.tracking === 'lot' ? 'lot' : 'serial number'}`,
        )
      }
      const now = there.get(placeOf(warehouse.code, product.id, lot)) ?? zero
      if (now.eq(counted)) return 'same'
      const line = {
        productId: product.id,
        countedQuantity: counted.toFixed(),
        ...(unitCost !== null && { unitCost: String(unitCost) }),
        ...(lot !== null && { lots: [{ number: String(lot), expiresOn, quantity: counted.toFixed() }] }),
      }
      const into = lines.get(warehouse.id) ?? []
      lines.set(warehouse.id, [...into, { index, line }])
      return now.eq(zero) ? 'new' : 'changed'
    })
    for (const [warehouseId, counted] of lines) await count(tx, ctx, warehouseId, counted)
    return outcomes
  },
}

async function stockOf(
  tx: Transaction,
  companyId: string,
  productIds: readonly string[],
): Promise<Map<string, Decimal>> {
  const rows = productIds.length === 0 ? [] : await tx.all(findStock, { companyId, productIds })
  return new Map(rows.map((row) => [placeOf(row.warehouseCode, row.productId, row.lot), row.quantity]))
}

function placeOf(...parts: ImportRow['values'][string][]): string {
  return parts.map((part) => part ?? '').join('\u0000')
}

/** What the fields of a document's line are called in the file. */
const fieldsOfLine: Readonly<Record<string, string>> = {
  productId: 'sku',
  lots: 'lot',
  countedQuantity: 'quantity',
}

async function count(
  tx: Transaction,
  ctx: Context,
  warehouseId: string,
  counted: readonly { index: number; line: object }[],
): Promise<void> {
  try {
    const lines = counted.map(({ line }) => line)
    const made = await createShipment(tx, ctx, 'stock-adjustment', { warehouseId, reason: 'Import', lines })
    await postShipment(tx, ctx, 'stock-adjustment', made.id, null)
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    // The pointer names the line of the document; its record is another.
    const errors = error.errors.map(({ pointer, message }) => {
      const [, line, field = ''] = /^\/lines\/(\d+)(?:\/(\w+))?/.exec(pointer) ?? []
      const at = line === undefined ? undefined : counted[Number(line)]
      return {
        pointer: at === undefined ? pointer : `/${at.index}/${fieldsOfLine[field] ?? field}`,
        message,
      }
    })
    throw new Problem(error.status, error.code, error.message, { errors, facts: error.facts })
  }
}
