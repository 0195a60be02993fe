import { findAllTaxes } from '../../catalogue/index.ts'
import { Check } from '../../http/validation.ts'
import { strictSchema } from '../../http/strict-schema.ts'
import type { Context } from '../../kernel/context.ts'
import { decimal, round, zero } from '../../kernel/decimal.ts'
import type { Transaction } from '../../kernel/transaction.ts'
import { type OrderKind, describeOrder, permissionFor } from '../../kinds.ts'
import { OrderInput, confirmOrder, createOrder } from '../../orders/index.ts'
import {
  claimNumber,
  contradiction,
  documentsThere,
  fault,
  numberField,
  partiesOf,
  partyField,
  productField,
  productsOf,
  textOf,
} from './documents.ts'
import { findWarehouseCodes } from './opening-stock.ts'
import type { Fault, Field, ImportRecord, ImportRow, Importer, Outcome } from './importer.ts'
import { forRecord, taxIdsOf } from './records.ts'

const headFields: readonly Field[] = [
  numberField,
  partyField,
  { name: 'orderDate', title: 'Date', type: 'date', names: ['Order date', 'Data', 'Data zamówienia'] },
  {
    name: 'expectedDate',
    title: 'Expected',
    type: 'date',
    names: ['Expected date', 'Due date', 'Delivery date', 'Termin'],
  },
  {
    name: 'status',
    title: 'Status',
    type: 'choice',
    choices: {
      confirmed: ['open', 'approved', 'sent', 'otwarte', 'potwierdzone'],
      draft: ['new', 'created', 'szkic'],
      closed: ['done', 'delivered', 'cancelled', 'canceled', 'zamknięte', 'anulowane'],
    },
    names: ['State'],
    description: 'Without it, orders are confirmed. Closed ones are not imported.',
  },
  { name: 'warehouse', title: 'Warehouse', type: 'text', names: ['Warehouse code', 'Magazyn'] },
  { name: 'currency', title: 'Currency', type: 'text', names: ['Waluta'] },
  { name: 'exchangeRate', title: 'Exchange rate', type: 'decimal', names: ['Conversion rate', 'Kurs'] },
  { name: 'pricesIncludeTax', title: 'Prices include tax', type: 'boolean' },
  { name: 'discountPercent', title: 'Discount %', type: 'decimal', names: ['Discount percent'] },
  { name: 'discountAmount', title: 'Discount', type: 'decimal', names: ['Discount amount'] },
  { name: 'notes', title: 'Notes', type: 'text', names: ['Note', 'Uwagi'] },
]
const lineFields: readonly Field[] = [
  productField,
  {
    name: 'description',
    title: 'Description',
    type: 'text',
    names: ['Line description', 'Item comment', 'Opis'],
  },
  {
    name: 'quantity',
    title: 'Quantity',
    type: 'decimal',
    required: true,
    names: ['Qty', 'Open quantity', 'Ilość'],
    description: 'What is still to be delivered or received.',
  },
  { name: 'unit', title: 'Unit', type: 'text', names: ['Jednostka', 'J.m.'] },
  {
    name: 'unitPrice',
    title: 'Unit price',
    type: 'decimal',
    names: ['Price', 'List price', 'Cena'],
    description: 'Left out: the price that applies.',
  },
  {
    name: 'lineDiscountPercent',
    title: 'Line discount %',
    type: 'decimal',
    names: ['Item discount percent', 'Rabat %'],
  },
  {
    name: 'lineDiscountAmount',
    title: 'Line discount',
    type: 'decimal',
    names: ['Item discount amount'],
    description: 'Taken off the whole line, whose price is then lower.',
  },
  {
    name: 'taxes',
    title: 'Taxes',
    type: 'text',
    names: ['Tax', 'Line taxes'],
    description:
      'Names, parted by semicolons; an empty cell is none. Without the column: those of the product.',
  },
]
const headNames = headFields.map((field) => field.name)
const check = new Check(strictSchema(OrderInput), 'body')

/** Decimals of a price that a discount of an amount leaves. */
const priceDigits = 6

/** Open orders. One that is there already is left as it is. */
function orderImporter(kind: OrderKind, title: string): Importer {
  return {
    what: describeOrder(kind).path,
    title,
    permission: permissionFor(kind, 'post'),
    fields: [...headFields, ...lineFields],
    key: ['number', 'party'],
    grouped: true,
    batchSize: 200,
    async save(tx, ctx, records) {
      const read = await reader(tx, ctx, kind, records)
      const outcomes: Outcome[] = []
      for (const [index, record] of records.entries()) {
        const order = read(record)
        if (typeof order === 'string' || 'faults' in order) {
          outcomes.push(order)
          continue
        }
        await forRecord(index, () => make(tx, ctx, kind, order))
        outcomes.push('new')
      }
      return outcomes
    },
  }
}

interface Order {
  readonly input: OrderInput
  readonly number: string
  readonly confirm: boolean
}

async function make(tx: Transaction, ctx: Context, kind: OrderKind, order: Order): Promise<void> {
  const { input, number } = order
  const { id } = await createOrder(tx, ctx, kind, input)
  await claimNumber(tx, { companyId: ctx.company.id, kind, partyId: input.partyId, number, documentId: id })
  if (order.confirm) await confirmOrder(tx, ctx, kind, id, null)
  await tx.settle()
}

/** Reads records as orders, with everything that they name. */
async function reader(
  tx: Transaction,
  ctx: Context,
  kind: OrderKind,
  records: readonly ImportRecord[],
): Promise<(record: ImportRecord) => Order | 'same' | 'ignored' | { faults: Fault[] }> {
  const companyId = ctx.company.id
  const rows = records.flatMap((record) => record.rows)
  const [partyOf, productOf, isThere, warehouses, allTaxes] = await Promise.all([
    partiesOf(tx, companyId, rows),
    productsOf(tx, companyId, rows),
    documentsThere(tx, companyId, kind, records),
    tx.all(findWarehouseCodes, { companyId }),
    findAllTaxes(tx, companyId),
  ])
  const taxes = new Map([...allTaxes.values()].map((tax) => [tax.name.toLowerCase(), tax.id]))

  const lineOf = (row: ImportRow): { line: OrderInput['lines'][number] } | { faults: Fault[] } => {
    const product = productOf(row)
    if ('faults' in product) return product
    const quantity = textOf(row, 'quantity')
    if (quantity === null) return fault(row, 'quantity', 'is empty')
    const ids = 'taxes' in row.values ? taxIdsOf(textOf(row, 'taxes'), taxes) : null
    if (ids !== null && 'unknown' in ids)
      return fault(
        row,
        'taxes',
        `There is no tax '${ids.unknown}'. There are: ${[...taxes.keys()].join(', ') || 'none yet'}.`,
      )
    const unit = textOf(row, 'unit')
    const description = textOf(row, 'description')
    const discountPercent = textOf(row, 'lineDiscountPercent')
    const unitPrice = priceOf(row, quantity)
    if (typeof unitPrice === 'object' && unitPrice !== null) return unitPrice
    return {
      line: {
        productId: product.found?.id ?? null,
        quantity,
        ...(description !== null && { description }),
        ...(unit !== null && { unit }),
        ...(unitPrice !== null && { unitPrice }),
        ...(discountPercent !== null && { discountPercent }),
        ...(ids !== null && { taxIds: ids.ids }),
      },
    }
  }

  return (record) => {
    const [first] = record.rows
    const status = textOf(first, 'status')
    if (status === 'closed') return 'ignored'
    const differs = contradiction(record, headNames)
    if (differs !== null) return differs
    const party = partyOf(first)
    if ('faults' in party) return party
    const number = textOf(first, 'number')!
    if (isThere(party.found.id, number)) return 'same'
    const code = textOf(first, 'warehouse')
    const warehouse = warehouses.find((each) => each.code.toLowerCase() === code?.toLowerCase())
    if (code !== null && warehouse === undefined)
      return fault(
        first,
        'warehouse',
        `There is no warehouse '${code}'. There are: ${warehouses.map((each) => each.code).join(', ')}.`,
      )
    const lines: OrderInput['lines'] = []
    const faults: Fault[] = []
    for (const row of record.rows) {
      const line = lineOf(row)
      if ('faults' in line) faults.push(...line.faults)
      else lines.push(line.line)
    }
    if (faults.length > 0) return { faults }
    const head = Object.fromEntries(
      [
        'orderDate',
        'expectedDate',
        'currency',
        'exchangeRate',
        'pricesIncludeTax',
        'discountPercent',
        'discountAmount',
        'notes',
      ].flatMap((name) => (first.values[name] == null ? [] : [[name, first.values[name]]])),
    )
    const input = {
      partyId: party.found.id,
      reference: number,
      ...head,
      ...(warehouse !== undefined && { warehouseId: warehouse.id }),
      lines,
    } as OrderInput
    const problems = check.faults(input)
    if (problems.length > 0) {
      return {
        faults: problems.map(({ pointer, message }) => {
          const [, at, field] = /^\/lines\/(\d+)\/(\w+)/.exec(pointer) ?? []
          const row = at === undefined ? first : record.rows[Number(at)]!
          return { line: row.line, field: fieldOf(field ?? pointer.split('/')[1] ?? ''), message }
        }),
      }
    }
    return { input, number, confirm: status !== 'draft' }
  }
}

/** The price of one unit; what is taken off the whole line lowers it. */
function priceOf(row: ImportRow, quantity: string): string | null | { faults: Fault[] } {
  const price = textOf(row, 'unitPrice')
  const off = textOf(row, 'lineDiscountAmount')
  if (off === null || price === null || decimal(off).eq(zero)) return price
  const many = decimal(quantity)
  if (!many.gt(zero)) return fault(row, 'quantity', 'is not above 0')
  return round(decimal(price).times(many).minus(decimal(off)).div(many), priceDigits).toFixed()
}

function fieldOf(name: string): string | null {
  const names: Readonly<Record<string, string>> = {
    reference: 'number',
    partyId: 'party',
    productId: 'product',
    taxIds: 'taxes',
  }
  return names[name] ?? (name === '' ? null : name)
}

export const salesOrderImporter = orderImporter('sales-order', 'open sales orders')
export const purchaseOrderImporter = orderImporter('purchase-order', 'open purchase orders')
