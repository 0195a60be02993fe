import type { Context } from '../../kernel/context.ts'
import { notFound } from '../../kernel/problem.ts'
import { sql, statement } from '../../kernel/sql.ts'
import type { Transaction } from '../../kernel/transaction.ts'
import { type AnyKind, kinds, titles } from '../../kinds.ts'
import type { Permission } from '../../permissions.ts'

/** What files are attached to. */
export interface Owner {
  /** Of a document; else 'product' or 'party'. */
  readonly kind: AnyKind | 'product' | 'party'
  readonly title: string
  readonly path: string
  /** Of `attachments`. */
  readonly column: OwnerColumn
  readonly read: Permission
  readonly write: Permission
}

export const ownerColumns = [
  'order_id',
  'shipment_id',
  'invoice_id',
  'payment_id',
  'reservation_id',
  'product_id',
  'party_id',
] as const
export type OwnerColumn = (typeof ownerColumns)[number]

function columnOf(kind: AnyKind): OwnerColumn {
  if (kind === 'payment') return 'payment_id'
  if (kind === 'stock-reservation') return 'reservation_id'
  return `${kinds[kind].family}_id`
}

export const owners: readonly Owner[] = [
  ...(Object.keys(titles) as AnyKind[]).map((kind): Owner => ({
    kind,
    ...titles[kind],
    column: columnOf(kind),
    read: `${kind}:read`,
    // A reservation has no draft: whoever may make one may attach to it.
    write: kind === 'stock-reservation' ? `${kind}:post` : `${kind}:write`,
  })),
  {
    kind: 'product',
    title: 'product',
    path: 'products',
    column: 'product_id',
    read: 'products:read',
    write: 'products:write',
  },
  {
    kind: 'party',
    title: 'party',
    path: 'parties',
    column: 'party_id',
    read: 'parties:read',
    write: 'parties:write',
  },
]

const selectKind = statement(
  'select_kind_of_attachment_owner',
  { kind: 'text' },
  (p: { companyId: string; id: string }) =>
    sql`select kind from documents where company_id = ${p.companyId} and id = ${p.id}`,
)
const selectProduct = statement(
  'select_product_of_attachment',
  { id: 'uuid' },
  (p: { companyId: string; id: string }) =>
    sql`select id from products where company_id = ${p.companyId} and id = ${p.id}`,
)
const selectParty = statement(
  'select_party_of_attachment',
  { id: 'uuid' },
  (p: { companyId: string; id: string }) =>
    sql`select id from parties where company_id = ${p.companyId} and id = ${p.id}`,
)

/**
 * The caller was asked for the permission of one kind: a document of another kind is none to him.
 * @throws 404
 */
export async function requireOwner(tx: Transaction, ctx: Context, owner: Owner, id: string): Promise<void> {
  const p = { companyId: ctx.company.id, id }
  const found =
    owner.kind === 'product'
      ? await tx.maybe(selectProduct, p)
      : owner.kind === 'party'
        ? await tx.maybe(selectParty, p)
        : (await tx.maybe(selectKind, p))?.kind === owner.kind
  if (!found) throw notFound(owner.title)
}
