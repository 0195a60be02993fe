import type { Answered } from '../support/api.ts'
import type { TestApp } from '../support/test-app.ts'

type Row = Readonly<Record<string, unknown>>
/** By list of the API, what an upgrade must leave as it was. */
export type Figures = Readonly<Record<string, readonly Row[]>>

const documents = [
  'sales-orders',
  'delivery-notes',
  'sales-returns',
  'invoices',
  'credit-notes',
  'purchase-orders',
  'receipt-notes',
  'purchase-returns',
  'bills',
  'vendor-credits',
  'payments',
  'stock-adjustments',
  'stock-transfers',
  'stock-reservations',
]

/** What a program reads of a document; a name may leave the API in a new major version of it only. */
const ofDocument = [
  'number',
  'state',
  'fulfilment',
  'invoicing',
  'paymentStatus',
  'openAmount',
  'amount',
  'totals',
  'value',
]
const ofLine = ['quantity', 'delivered', 'received', 'invoiced', 'reserved', 'net', 'unitCost', 'value']
const ofLevel = [
  'onHand',
  'reserved',
  'available',
  'incoming',
  'outgoing',
  'forecast',
  'quarantined',
  'value',
  'averageCost',
]

/** Every document, its lines, and every stock level, as the API shows them to a program. */
export async function readFigures(api: TestApp['api']): Promise<Figures> {
  const figures: Record<string, Row[]> = {}
  for (const path of documents) {
    figures[path] = []
    for (const { id } of await everything(api, `/${path}?sort=id`)) {
      const document = await api('GET', `/${path}/${id}`)
      const lines = (document.lines ?? []).map((line) => chosen(line, ofLine))
      figures[path].push({ id, ...chosen(document, ofDocument), lines })
    }
  }
  figures['stock/levels'] = (await everything(api, '/stock/levels?sort=id')).map((level) =>
    chosen(level, ['productId', 'warehouseId', ...ofLevel]),
  )
  return figures
}

async function everything(api: TestApp['api'], path: string): Promise<Answered[]> {
  const found: Answered[] = []
  let cursor: string | null = null
  do {
    const next: string = cursor === null ? '' : `&cursor=${cursor}`
    const page: Answered = await api('GET', `${path}&limit=100${next}`)
    found.push(...page.items)
    cursor = page.nextCursor
  } while (cursor !== null)
  return found
}

function chosen(from: Row, names: readonly string[]): Row {
  return Object.fromEntries(names.flatMap((name) => (name in from ? [[name, from[name]]] : [])))
}
