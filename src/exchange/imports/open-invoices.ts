import { findCurrency } from '../../catalogue/index.ts'
import { strictSchema } from '../../http/strict-schema.ts'
import { Check } from '../../http/validation.ts'
import type { Context } from '../../kernel/context.ts'
import { decimal, fits, zero } from '../../kernel/decimal.ts'
import { ruleBroken } from '../../kernel/problem.ts'
import type { Transaction } from '../../kernel/transaction.ts'
import { permissionFor } from '../../kinds.ts'
import { InvoiceInput, createInvoice, postInvoice } from '../../invoices/index.ts'
import {
  claimNumber,
  contradiction,
  documentsThere,
  fault,
  numberField,
  partiesOf,
  partyField,
  textOf,
} from './documents.ts'
import type { Field, ImportRecord, Importer, Outcome } from './importer.ts'
import { asFaults, forRecord } from './records.ts'

const fields: readonly Field[] = [
  numberField,
  partyField,
  {
    name: 'date',
    title: 'Date',
    type: 'date',
    names: ['Invoice date', 'Issue date', 'Data', 'Data wystawienia'],
  },
  { name: 'dueDate', title: 'Due', type: 'date', names: ['Due date', 'Termin płatności'] },
  { name: 'currency', title: 'Currency', type: 'text', names: ['Waluta'] },
  { name: 'exchangeRate', title: 'Exchange rate', type: 'decimal', names: ['Kurs'] },
  {
    name: 'openAmount',
    title: 'Open amount',
    type: 'decimal',
    required: true,
    names: ['Balance', 'Open', 'Amount due', 'Do zapłaty', 'Pozostało'],
    description: 'What is still to be paid, with tax. Nothing: the document is left out.',
  },
  {
    name: 'status',
    title: 'Status',
    type: 'choice',
    choices: {
      posted: ['open', 'partial', 'overdue', 'sent', 'approved', 'otwarta'],
      draft: ['created', 'szkic'],
      closed: ['paid', 'cancelled', 'canceled', 'zapłacona', 'anulowana'],
    },
    names: ['State'],
    description: 'Drafts and closed ones are left out.',
  },
  { name: 'notes', title: 'Notes', type: 'text', names: ['Note', 'Uwagi'] },
]
const fieldNames = fields.map((field) => field.name)
const check = new Check(strictSchema(InvoiceInput), 'body')

/** What the only line of such a document says, in the language of the company. */
const openingBalance: Readonly<Record<string, string>> = { en: 'Opening balance', pl: 'Saldo otwarcia' }

/**
 * What is still to be paid of invoices or bills of another program. Their tax was declared there, so that they come
 * in as the open amount without tax; goods and orders are not touched. One that is there already is left as it is.
 */
function openImporter(kind: 'invoice' | 'bill', what: string, title: string): Importer {
  return {
    what,
    title,
    permission: permissionFor(kind, 'post'),
    fields,
    key: ['number', 'party'],
    // A document may have a row for each of its lines; what is open of it stands in each of them.
    grouped: true,
    batchSize: 200,
    async save(tx, ctx, records) {
      const companyId = ctx.company.id
      const [partyOf, isThere] = await Promise.all([
        partiesOf(
          tx,
          companyId,
          records.map(({ rows }) => rows[0]),
        ),
        documentsThere(tx, companyId, kind, records),
      ])
      const outcomes: Outcome[] = []
      for (const [index, record] of records.entries()) {
        const read = readOne(ctx, record, partyOf)
        if (typeof read === 'string' || 'faults' in read) outcomes.push(read)
        else if (isThere(read.partyId, read.number)) outcomes.push('same')
        else {
          await forRecord(index, () => make(tx, ctx, kind, read))
          outcomes.push('new')
        }
      }
      return outcomes
    },
  }
}

interface Open {
  readonly partyId: string
  readonly number: string
  readonly amount: string
  readonly currency: string
  readonly input: InvoiceInput
}

function readOne(
  ctx: Context,
  record: ImportRecord,
  partyOf: Awaited<ReturnType<typeof partiesOf>>,
): Open | Outcome {
  const [row] = record.rows
  const differs = contradiction(record, fieldNames)
  if (differs !== null) return differs
  const amount = textOf(row, 'openAmount')
  const status = textOf(row, 'status')
  if (status === 'closed' || status === 'draft') return 'ignored'
  if (amount === null) return fault(row, 'openAmount', 'is empty; 0 says that nothing is open')
  if (decimal(amount).eq(zero)) return 'ignored'
  if (decimal(amount).lt(zero)) {
    return fault(
      row,
      'openAmount',
      'is below 0. What is owed the other way is entered as a credit or a payment.',
    )
  }
  const party = partyOf(row)
  if ('faults' in party) return party
  const partyId = party.found.id
  const number = textOf(row, 'number')!
  const words = openingBalance[ctx.company.language.slice(0, 2)] ?? openingBalance['en']!
  const input = {
    partyId,
    reference: number,
    pricesIncludeTax: false,
    ...Object.fromEntries(
      ['date', 'dueDate', 'currency', 'exchangeRate', 'notes'].flatMap((name) =>
        row.values[name] == null ? [] : [[name, row.values[name]]],
      ),
    ),
    lines: [{ description: `${words}: ${number}`, quantity: '1', unitPrice: amount, taxIds: [] }],
  } as InvoiceInput
  const problems = check.faults(input)
  const currency = input.currency ?? party.found.currency ?? ctx.company.currency
  if (problems.length === 0) return { partyId, number, amount, currency, input }
  const here = problems.map((each) => ({
    ...each,
    pointer: each.pointer
      .replace(/^\/lines\/0\/unitPrice/, '/openAmount')
      .replace(/^\/(reference|lines).*/, '/number'),
  }))
  return { faults: asFaults(row, here) }
}

async function make(tx: Transaction, ctx: Context, kind: 'invoice' | 'bill', open: Open): Promise<void> {
  const { partyId, number, input, currency } = open
  const digits = (await findCurrency(tx, ctx.company.id, currency))?.minorDigits
  if (digits !== undefined && !fits(decimal(open.amount), digits))
    throw ruleBroken('too-fine', '/openAmount', `An amount in ${currency} has at most ${digits} decimals.`)
  const { id } = await createInvoice(tx, ctx, kind, input)
  await claimNumber(tx, { companyId: ctx.company.id, kind, partyId, number, documentId: id })
  await postInvoice(tx, ctx, kind, id, null, null)
  await tx.settle()
}

export const openInvoiceImporter = openImporter('invoice', 'open-invoices', 'open invoices')
export const openBillImporter = openImporter('bill', 'open-bills', 'open bills')
