import {
  PriceBookBody,
  type PriceBookHeadRow,
  type PriceBookInput,
  changePriceBook,
  createPriceBook,
  findPriceBooksByName,
  setPrices,
} from '../../catalogue/index.ts'
import { strictSchema } from '../../http/strict-schema.ts'
import { Check } from '../../http/validation.ts'
import { difference } from '../../journal/events.ts'
import type { Context } from '../../kernel/context.ts'
import { sql, statement } from '../../kernel/sql.ts'
import type { Transaction } from '../../kernel/transaction.ts'
import { fault, productField, productsOf, textOf } from './documents.ts'
import type { Fault, Field, ImportRow, Importer, Outcome } from './importer.ts'
import { asFaults, forRecord, pointing } from './records.ts'

const headFields: readonly Field[] = [
  {
    name: 'book',
    title: 'Price book',
    type: 'text',
    required: true,
    names: ['Price book name', 'Price list', 'Price list name', 'Cennik'],
    description: 'Its name. A book that is not there is made.',
  },
  {
    name: 'currency',
    title: 'Currency',
    type: 'text',
    names: ['Waluta'],
    description: "Left out: that of the book, of a new one the company's.",
  },
  {
    name: 'side',
    title: 'Side',
    type: 'choice',
    choices: { sales: ['sale', 'sprzedaż'], purchase: ['buy', 'zakup'] },
  },
  { name: 'validFrom', title: 'Valid from', type: 'date', names: ['From', 'Start date', 'Od'] },
  { name: 'validTo', title: 'Valid to', type: 'date', names: ['To', 'End date', 'Do'] },
  { name: 'pricesIncludeTax', title: 'Prices include tax', type: 'boolean' },
  {
    name: 'customers',
    title: 'Only for',
    type: 'text',
    names: ['Customers', 'Parties'],
    description: 'Codes or names of customers or vendors, parted by semicolons.',
  },
  { name: 'priceGroups', title: 'Price groups', type: 'text', description: 'Parted by semicolons.' },
  { name: 'priority', title: 'Priority', type: 'integer' },
  { name: 'notes', title: 'Notes', type: 'text', names: ['Description', 'Note', 'Uwagi'] },
]
const fields: readonly Field[] = [
  ...headFields,
  { ...productField, description: 'SKU or name. Empty: the row is about the book itself.' },
  { name: 'unit', title: 'Unit', type: 'text', names: ['Jednostka', 'J.m.'] },
  {
    name: 'minQuantity',
    title: 'From quantity',
    type: 'decimal',
    names: ['Minimum quantity', 'Min quantity', 'Quantity', 'Od ilości'],
  },
  { name: 'price', title: 'Price', type: 'decimal', names: ['List price', 'Unit price', 'Cena'] },
  { name: 'margin', title: 'Margin', type: 'decimal', names: ['Marża'] },
]
const headNames = headFields.map((field) => field.name).filter((name) => name !== 'book')
const check = new Check(strictSchema(PriceBookBody), 'body')

const findParties = statement(
  'find_parties_of_price_book_import',
  { id: 'uuid', code: 'text?', name: 'text' },
  (p: { companyId: string; names: readonly string[] }) => sql`
    select id, code, name from parties
    where company_id = ${p.companyId} and (code = any(${p.names}::text[]) or name = any(${p.names}::text[])) order by id`,
)

type Head = Omit<PriceBookInput, 'entries'>

/** Prices, a row for each; the books that they are in are known by name. Prices of which no row speaks stay. */
export const priceBookImporter: Importer = {
  what: 'price-books',
  title: 'price books',
  permission: 'price-books:write',
  fields,
  key: ['book', 'product', 'unit', 'minQuantity'],
  async save(tx, ctx, records) {
    const companyId = ctx.company.id
    const rows = records.map((record) => record.rows[0])
    const [productOf, known, parties] = await Promise.all([
      productsOf(tx, companyId, rows),
      findPriceBooksByName(
        tx,
        companyId,
        rows.map((row) => textOf(row, 'book')!.trim()),
      ),
      tx.all(findParties, { companyId, names: rows.flatMap((row) => listOf(row, 'customers') ?? []) }),
    ])
    const outcomes: Outcome[] = []
    for (const [name, indexes] of booksOf(rows)) {
      const first = rows[indexes[0]!]!
      const before = known.find((book) => book.name.toLowerCase() === name) ?? null
      const head = headOf(first, before, parties, ctx)
      const prices: { index: number; entry: NonNullable<PriceBookInput['entries']>[number] }[] = []
      for (const index of indexes) {
        const read = 'faults' in head ? head : priceOf(rows[index]!, first, productOf)
        if ('faults' in read) outcomes[index] = read
        else if (read.entry === null) outcomes[index] = before === null ? 'new' : 'same'
        else prices.push({ index, entry: read.entry })
      }
      if ('faults' in head || indexes.every((index) => isFault(outcomes[index]))) continue
      const { id, changed } = await forRecord(indexes[0]!, () => writeHead(tx, ctx, before, head.head))
      if (changed) for (const index of indexes) if (outcomes[index] === 'same') outcomes[index] = 'changed'
      const found = await forPrices(prices, () =>
        setPrices(
          tx,
          ctx,
          id,
          prices.map(({ entry }) => entry),
        ),
      )
      for (const [at, outcome] of found.entries()) outcomes[prices[at]!.index] = outcome
    }
    return outcomes
  },
}

function isFault(outcome: Outcome | undefined): boolean {
  return typeof outcome === 'object'
}

/** The rows of each book, by its name in small letters. */
function booksOf(rows: readonly ImportRow[]): Map<string, number[]> {
  const books = new Map<string, number[]>()
  for (const [index, row] of rows.entries()) {
    const name = textOf(row, 'book')!.trim().toLowerCase()
    const indexes = books.get(name)
    if (indexes === undefined) books.set(name, [index])
    else indexes.push(index)
  }
  return books
}

function listOf(row: ImportRow, field: string): string[] | null {
  if (!(field in row.values)) return null
  return (textOf(row, field) ?? '')
    .split(';')
    .map((each) => each.trim())
    .filter((each) => each !== '')
}

function headOf(
  row: ImportRow,
  before: PriceBookHeadRow | null,
  parties: readonly { id: string; code: string | null; name: string }[],
  ctx: Context,
): { head: Head } | { faults: Fault[] } {
  const { values } = row
  const groups = listOf(row, 'priceGroups')
  const names = listOf(row, 'customers')
  const partyIds: string[] = []
  for (const name of names ?? []) {
    const party = parties.find(({ code }) => code === name) ?? parties.find((each) => each.name === name)
    if (party === undefined) return fault(row, 'customers', `There is no customer or vendor '${name}'.`)
    partyIds.push(party.id)
  }
  const currency = textOf(row, 'currency') ?? before?.currency ?? ctx.company.currency
  if (before !== null && before.currency !== currency) {
    const message = `The prices of ${before.name} are in ${before.currency} and are never converted.`
    return fault(row, 'currency', message)
  }
  const said = Object.fromEntries(
    ['side', 'validFrom', 'validTo', 'pricesIncludeTax', 'priority', 'notes'].flatMap((name) => {
      const value = values[name]
      // Nothing stands for no date and no notes; of the others it says nothing.
      const kept = value === null && !['validFrom', 'validTo', 'notes'].includes(name)
      return value === undefined || kept ? [] : [[name, value]]
    }),
  )
  const head = {
    name: before?.name ?? textOf(row, 'book')!,
    currency,
    ...said,
    ...(names !== null && { partyIds }),
    ...(groups !== null && { priceGroups: groups }),
  } as Head
  const problems = check.faults(head)
  if (problems.length === 0) return { head }
  return {
    faults: asFaults(row, problems).map((each) => ({
      ...each,
      field: each.field === 'name' ? 'book' : (each.field ?? 'book'),
    })),
  }
}

function priceOf(
  row: ImportRow,
  first: ImportRow,
  productOf: Awaited<ReturnType<typeof productsOf>>,
): { entry: NonNullable<PriceBookInput['entries']>[number] | null } | { faults: Fault[] } {
  for (const field of headNames)
    if (row.values[field] !== first.values[field])
      return fault(row, field, `differs from line ${first.line}, which is of the same book`)
  const product = productOf(row)
  if ('faults' in product) return product
  if (product.found === null) return { entry: null }
  const price = textOf(row, 'price')
  if (price === null) return fault(row, 'price', 'is empty')
  const [unit, minQuantity, margin] = ['unit', 'minQuantity', 'margin'].map((name) => textOf(row, name))
  const entry = {
    productId: product.found.id,
    price,
    ...(unit != null && { unit }),
    ...(minQuantity != null && { minQuantity }),
    ...(margin != null && { margin }),
  }
  const problems = check.faults({ name: '-', currency: 'USD', entries: [entry] })
  if (problems.length === 0) return { entry }
  return {
    faults: problems.map(({ pointer, message }) => ({
      line: row.line,
      field: pointer.split('/')[3] ?? null,
      message,
    })),
  }
}

async function writeHead(
  tx: Transaction,
  ctx: Context,
  before: PriceBookHeadRow | null,
  head: Head,
): Promise<{ id: string; changed: boolean }> {
  if (before === null) return { id: await createPriceBook(tx, ctx, head), changed: true }
  const was = Object.fromEntries(
    Object.keys(head).map((name) => [name, (before as Record<string, unknown>)[name]]),
  )
  const { after } = difference(was, head)
  const changed = Object.keys(after).length > 0
  if (changed) await changePriceBook(tx, ctx, before.id, after as Head, null)
  return { id: before.id, changed }
}

/** A refusal of a price names its record. */
async function forPrices<T>(prices: readonly { index: number }[], work: () => Promise<T[]>): Promise<T[]> {
  if (prices.length === 0) return []
  return pointing(
    (pointer) => pointer.replace(/^\/entries\/(\d+)/, (_, at: string) => `/${prices[Number(at)]!.index}`),
    work,
  )
}
