import { Type } from 'typebox'
import { type AnyRoute, route } from '../http/route.ts'
import { Id, IdParams, type Static, literals, nullable, object } from '../http/schemas.ts'
import { type InvoiceOut, presentInvoice } from '../invoices/index.ts'
import type { Context } from '../kernel/context.ts'
import { type Address, postalAddress } from '../kernel/postal-address.ts'
import type { Transaction } from '../kernel/transaction.ts'
import { type InvoiceKind, describeInvoice, permissionFor } from '../kinds.ts'
import { snapshot } from '../orders/index.ts'
import { type Party, findParty } from '../parties/index.ts'
import { type House, findHouse } from './house.ts'
import { type Reasons, findReasons } from './taxes.ts'

/** What an invoice can lack, and where it is put right. */
const codes = [
  'seller-address',
  'seller-tax-number',
  'buyer-address',
  'buyer-tax-number',
  'buyer-changed',
  'tax-reason',
  'payment-account',
] as const

const LegalFields = object({
  missing: Type.Array(
    object({
      code: literals(codes),
      level: literals(['required', 'advised'], {
        description: 'required: the law asks for it; advised: those who pay or book it will ask for it.',
      }),
      message: Type.String(),
      taxId: nullable(Type.Unsafe<string>({ ...Id, description: 'Of `tax-reason`: the tax.' })),
    }),
  ),
})
type Missing = Static<typeof LegalFields>['missing'][number]

/** What must and should be on what a customer is sent to pay or book. Pure. */
function missingFields(
  house: Pick<House, 'address' | 'taxNumber' | 'account'>,
  party: Party | null,
  invoice: Pick<InvoiceOut, 'kind' | 'party' | 'taxes'>,
  reasons: Reasons,
): Missing[] {
  const found: Missing[] = []
  const add = (
    code: Missing['code'],
    level: Missing['level'],
    message: string,
    taxId: string | null = null,
  ) => found.push({ code, level, message, taxId })
  const buyer = invoice.party
  const categories = new Set(invoice.taxes.map(({ category }) => category))
  // The buyer accounts for the tax, or the goods go to another member state: both numbers are on it (Directive
  // 2006/112/EC, article 226, points 3 and 4).
  const bothNumbers = categories.has('AE') || categories.has('K')
  if (!isWhole(house.address))
    add('seller-address', 'required', 'The address of the company is missing: street and town.')
  if (house.taxNumber === null && (bothNumbers || categories.has('S')))
    add('seller-tax-number', 'required', 'The tax number of the company is missing.')
  if (!isWhole(buyer.address))
    add('buyer-address', 'required', 'The address of the customer is missing: street and town.')
  if (buyer.taxNumber === null && (bothNumbers || party?.type === 'organisation'))
    add(
      'buyer-tax-number',
      bothNumbers ? 'required' : 'advised',
      bothNumbers
        ? 'The tax number of the customer is missing: who accounts for the tax is named by it.'
        : 'The tax number of the customer is missing: a company needs it to deduct the tax.',
    )
  if (party !== null && printedOf(snapshot(party)) !== printedOf(buyer))
    add(
      'buyer-changed',
      'advised',
      'Name, address or tax number of the customer were changed since this draft was made.',
    )
  for (const { id, name, rate, category } of invoice.taxes) {
    // What is reverse charge says so in the words of the law by itself; a rate of zero alone needs no reason.
    if (rate.eq('0') && ['E', 'O', 'G', 'K'].includes(category) && !reasons.get(id))
      add('tax-reason', 'required', `${name} does not say why no tax is charged.`, id)
  }
  if (invoice.kind === 'invoice' && house.account === null)
    add(
      'payment-account',
      'advised',
      'No bank account is printed: who pays by transfer does not know where to.',
    )
  return found
}

/** What of a party is printed, as one text. */
function printedOf({
  name,
  taxNumber,
  address,
}: Pick<InvoiceOut['party'], 'name' | 'taxNumber' | 'address'>): string {
  return JSON.stringify([name, taxNumber, postalAddress(address as Address | null)])
}

function isWhole(address: unknown): boolean {
  const { line1, city } = (address ?? {}) as { line1?: string | null; city?: string | null }
  return Boolean(line1?.trim()) && Boolean(city?.trim())
}

async function findMissing(tx: Transaction, ctx: Context, kind: InvoiceKind, id: string) {
  const [invoice, house] = await Promise.all([presentInvoice(tx, ctx, kind, id), findHouse(tx, ctx)])
  const [party, reasons] = await Promise.all([
    findParty(tx, ctx.company.id, invoice.partyId),
    findReasons(tx, ctx, invoice.taxes),
  ])
  return { missing: missingFields(house, party, invoice, reasons) }
}

export const legalFieldsRoutes: AnyRoute[] = (['invoice', 'credit-note'] as const).map((kind) => {
  const { path, title } = describeInvoice(kind)
  return route({
    method: 'GET',
    path: `/${path}/{id}/legal-fields`,
    summary: `What a ${title} lacks of what the law asks for, to be looked at before it is issued`,
    description:
      'Of the seller, the buyer and the taxes. Nothing of it stops the document from being issued: what applies differs by country.',
    tag: path,
    permission: permissionFor(kind, 'write'),
    params: IdParams,
    response: LegalFields,
    handle: (tx, { ctx, params }) => findMissing(tx, ctx, kind, params.id),
  })
})
