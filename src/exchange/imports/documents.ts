import { findProductsByName, findProductsBySku, type ProductRow } from '../../catalogue/index.ts'
import { findPartiesByCodeOrName, type PartyRow } from '../../parties/index.ts'
import { sql, statement } from '../../kernel/sql.ts'
import type { Transaction } from '../../kernel/transaction.ts'
import { conflict } from '../../kernel/problem.ts'
import type { Fault, Field, ImportRecord, ImportRow } from './importer.ts'

/** What the imports of documents have in common: whom and what a row names, and which documents are there already. */

export const numberField: Field = {
  name: 'number',
  title: 'Number',
  type: 'text',
  required: true,
  names: ['Document number', 'Order number', 'Invoice number', 'Reference', 'Numer', 'Nr'],
  description:
    'In the program that it comes from. It becomes the reference of the document, which is known by it.',
}

export const partyField: Field = {
  name: 'party',
  title: 'Party',
  type: 'text',
  required: true,
  names: ['Customer', 'Vendor', 'Supplier', 'Organization name', 'Vendor name', 'Party code', 'Kontrahent'],
  description: 'Code or name of the customer or vendor.',
}

export const productField: Field = {
  name: 'product',
  title: 'Product',
  type: 'text',
  names: ['SKU', 'Product code', 'Product number', 'Product name', 'Item name', 'Item', 'Kod', 'Towar'],
  description: 'SKU or name.',
}

/** A row that cannot be read as a document. */
export type Found<T> = { readonly found: T } | { readonly faults: Fault[] }

export function fault(row: ImportRow, field: string, message: string): { faults: Fault[] } {
  return { faults: [{ line: row.line, field, message }] }
}

export function textOf(row: ImportRow, field: string): string | null {
  const value = row.values[field]
  return value === null || value === undefined ? null : String(value)
}

/** The parties that documents name, by their code, else their name. */
export async function partiesOf(
  tx: Transaction,
  companyId: string,
  rows: readonly ImportRow[],
): Promise<(row: ImportRow) => Found<PartyRow>> {
  const named = [...new Set(rows.flatMap((row) => textOf(row, 'party') ?? []))]
  const all = await findPartiesByCodeOrName(tx, companyId, named, named)
  return (row) => {
    const name = textOf(row, 'party')
    if (name === null) return fault(row, 'party', 'is empty')
    const coded = all.find((party) => party.code === name)
    const called = all.filter((party) => party.name === name)
    if (coded === undefined && called.length > 1)
      return fault(
        row,
        'party',
        `${called.length} parties have this name; give the code of the one that is meant.`,
      )
    const found = coded ?? called[0]
    return found === undefined
      ? fault(row, 'party', `There is no customer or vendor '${name}'. Import parties first.`)
      : { found }
  }
}

/** The products that rows name, by their SKU, else their name. A row that names none has none. */
export async function productsOf(
  tx: Transaction,
  companyId: string,
  rows: readonly ImportRow[],
): Promise<(row: ImportRow) => Found<ProductRow | null>> {
  const named = [...new Set(rows.flatMap((row) => textOf(row, 'product') ?? []))].map((name) =>
    name.normalize('NFC'),
  )
  const bySku = await findProductsBySku(tx, companyId, named)
  const rest = named.filter((name) => !bySku.has(name))
  const byName = rest.length === 0 ? [] : await findProductsByName(tx, companyId, rest)
  return (row) => {
    const name = textOf(row, 'product')?.normalize('NFC') ?? null
    if (name === null) return { found: null }
    const called = byName.filter((product) => product.name === name)
    if (!bySku.has(name) && called.length > 1)
      return fault(
        row,
        'product',
        `${called.length} products have this name; give the SKU of the one that is meant.`,
      )
    const found = bySku.get(name) ?? called[0]
    return found === undefined
      ? fault(row, 'product', `There is no product '${name}'. Import products first.`)
      : { found }
  }
}

/** Fields of the head that rows of one document contradict each other in. */
export function contradiction(record: ImportRecord, fields: readonly string[]): { faults: Fault[] } | null {
  const [first, ...rest] = record.rows
  for (const row of rest)
    for (const field of fields) {
      if (row.values[field] === first.values[field]) continue
      const message = `differs from line ${first.line}, which is of the same document`
      return fault(row, field, message)
    }
  return null
}

const findKnown = statement(
  'find_imported_documents',
  { partyId: 'uuid', number: 'text' },
  (p: { companyId: string; kind: string; numbers: readonly string[] }) => sql`
    select i.party_id, i.number from imported_documents i
    where i.company_id = ${p.companyId} and i.kind = ${p.kind} and i.number = any(${p.numbers}::text[])
      and exists (select from documents d where d.company_id = i.company_id and d.id = i.document_id)
    union
    select d.party_id, d.number from documents d
    where d.company_id = ${p.companyId} and d.kind = ${p.kind} and d.number = any(${p.numbers}::text[])
      and d.party_id is not null`,
)

/** Which documents of a kind are there: imported with such a number, or of that number here. */
export async function documentsThere(
  tx: Transaction,
  companyId: string,
  kind: string,
  records: readonly ImportRecord[],
): Promise<(partyId: string, number: string) => boolean> {
  const numbers = [...new Set(records.flatMap(({ rows }) => textOf(rows[0], 'number') ?? []))]
  const known = await tx.all(findKnown, { companyId, kind, numbers })
  const there = new Set(known.map(({ partyId, number }) => `${partyId} ${number}`))
  return (partyId, number) => there.has(`${partyId} ${number}`)
}

const claim = statement(
  'claim_imported_document',
  { documentId: 'uuid' },
  (p: { companyId: string; kind: string; partyId: string; number: string; documentId: string }) => sql`
    insert into imported_documents as i (company_id, kind, party_id, number, document_id)
    values (${p.companyId}, ${p.kind}, ${p.partyId}, ${p.number}, ${p.documentId})
    on conflict (company_id, kind, party_id, number) do update set document_id = excluded.document_id
      where not exists (select from documents d where d.company_id = i.company_id and d.id = i.document_id)
    returning document_id`,
)

/**
 * Notes which document came from which number, so that it is never made again, whoever imports at the same time.
 * @throws 409
 */
export async function claimNumber(
  tx: Transaction,
  p: { companyId: string; kind: string; partyId: string; number: string; documentId: string },
): Promise<void> {
  if ((await tx.maybe(claim, p)) === null)
    throw conflict('imported-already', 'was imported by somebody else meanwhile')
}
