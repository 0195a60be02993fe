import { type Static, Type } from 'typebox'
import { DateText, DecimalOut, Id, literals, nullable, object } from '../http/schemas.ts'
import type { Context } from '../kernel/context.ts'
import { raw, sql, statement } from '../kernel/sql.ts'
import type { Transaction } from '../kernel/transaction.ts'
import type { OfferedAction } from '../offered-actions.ts'

/** A document beside this one in its chain. */
export const Link = object({
  kind: Type.String(),
  id: Id,
  number: nullable(Type.String()),
  state: Type.String(),
  direction: literals(['source', 'follow-up'], {
    description: 'Whether this document was made from it or it from this one.',
  }),
  relation: Type.String({ examples: ['delivered by'] }),
})

/** An action as a document offers it, and of one that is refused why. */
export const Offered = object({
  name: Type.String({ examples: ['confirm'] }),
  allowed: Type.Boolean(),
  reason: nullable(
    object({
      code: Type.String(),
      message: Type.String(),
      links: Type.Array(object({ kind: Type.String(), id: Id, number: nullable(Type.String()) }), {
        description:
          'The documents that it is because of, the oldest first: the deliveries after which nothing is left to deliver. Only those that the caller may read.',
      }),
    }),
  ),
})

export type Family = 'reservation' | 'order' | 'shipment' | 'invoice' | 'payment'

/** A statement of its own for each family: it looks only where such documents stand. */
function neighboursOf(family: Family) {
  const own = raw(`'${family}'`)
  return statement(
    `neighbours_of_${family}`,
    { kind: 'text', id: 'uuid', number: 'text?', state: 'text', direction: 'text', relation: 'text' },
    (p: { companyId: string; id: string }) => sql`
    with near as (
      select l.to_id as id, 'follow-up' as direction, l.relation from document_links l
      where l.company_id = ${p.companyId} and l.from_family = ${own} and l.from_id = ${p.id}
      union
      select l.from_id, 'source', l.relation from document_links l
      where l.company_id = ${p.companyId} and l.to_family = ${own} and l.to_id = ${p.id}
    )
    select d.kind, d.id, d.number, d.state, near.direction, near.relation
    from near cross join lateral (
      select x.kind, x.id, x.number, x.state from documents x where x.company_id = ${p.companyId} and x.id = near.id
      limit 1 -- a key of each table in turn; joined as a whole, all documents would be read
    ) d
    order by d.id`,
  )
}

const neighbours: Record<Family, ReturnType<typeof neighboursOf>> = {
  reservation: neighboursOf('reservation'),
  order: neighboursOf('order'),
  shipment: neighboursOf('shipment'),
  invoice: neighboursOf('invoice'),
  payment: neighboursOf('payment'),
}

/** Source and follow-up documents of one document. */
export async function findLinks(tx: Transaction, ctx: Context, family: Family, id: string) {
  const rows = await tx.all(neighbours[family], { companyId: ctx.company.id, id })
  return rows.map((row) => ({ ...row, direction: row.direction as 'source' | 'follow-up' }))
}

/** Relations of the view `document_links` in which a document stands to the only one that it was just made of. */
const madeOf = {
  'delivery-note': 'delivered by',
  'receipt-note': 'received by',
  invoice: 'invoiced by',
  bill: 'billed by',
  payment: 'paid by',
} as const

/** The links of a document that was made in this transaction of one other and of nothing else: looked up by nobody. */
export function linksOfMade(
  kind: keyof typeof madeOf,
  source: {
    readonly kind: string
    readonly id: string
    readonly number: string | null
    readonly state: string
  },
): Static<typeof Link>[] {
  const { id, number, state } = source
  return [{ kind: source.kind, id, number, state, direction: 'source', relation: madeOf[kind] }]
}

type Permissions = ReadonlySet<string>

/** Of documents only what the caller may read: who ships goods need not see what they were invoiced at. */
export function readable<T extends { readonly kind: string }>(
  permissions: Permissions,
  documents: readonly T[],
): T[] {
  return documents.filter(({ kind }) => permissions.has(`${kind}:read`))
}

function withReadableReason(permissions: Permissions, action: OfferedAction): OfferedAction {
  const { reason } = action
  return reason === null
    ? action
    : { ...action, reason: { ...reason, links: readable(permissions, reason.links) } }
}

/**
 * A document as it is answered, its links those that the caller may read. Rules, approvals and what is printed look at
 * all of them, whoever acts.
 */
export function withReadableLinks(permissions: Permissions, answer: unknown): unknown {
  const { links, actions } = Object(answer) as {
    links?: readonly Static<typeof Link>[]
    actions?: readonly OfferedAction[]
  }
  if (!Array.isArray(links)) return answer
  return {
    ...(answer as object),
    links: readable(permissions, links),
    ...(actions && { actions: actions.map((action) => withReadableReason(permissions, action)) }),
  }
}

const Carried = object(
  {
    lines: Type.Integer({ description: 'Of the document that was made; 0 where money flows.' }),
    quantity: nullable(DecimalOut),
    unit: nullable(Type.String()),
    amount: nullable(DecimalOut),
    currency: nullable(Type.String()),
  },
  {
    description:
      'What went along it: quantity and unit where all lines are of one product in one unit, of a receipt with what was rejected; the amount, in the currency of what was paid, where money flows or there are no such lines.',
  },
)
export type CarriedOut = Static<typeof Carried>

/** The whole chain of a document: every document that it is connected with, as a graph. */
export const Chain = object({
  nodes: Type.Array(
    object({
      id: Id,
      kind: Type.String(),
      number: nullable(Type.String()),
      state: Type.String(),
      date: DateText,
      partyId: nullable(Id),
      amount: nullable(DecimalOut),
      currency: nullable(Type.String()),
    }),
  ),
  edges: Type.Array(object({ from: Id, to: Id, relation: Type.String(), carries: Carried })),
})

/** A chain is small; a party's running account could join everything through one payment, so it is cut. */
const longestChain = 500

const chainEdges = statement(
  'chain_edges',
  { fromId: 'uuid', toId: 'uuid', relation: 'text' },
  (p: { companyId: string; id: string }) => sql`
    with recursive reached(id) as (
      select ${p.id}::uuid
      union
      select case when l.from_id = r.id then l.to_id else l.from_id end
      from reached r join lateral (
        select from_id, to_id from document_links where company_id = ${p.companyId} and from_id = r.id
        union all
        select from_id, to_id from document_links where company_id = ${p.companyId} and to_id = r.id
      ) l on true
    ), some_reached as (select id from reached limit ${longestChain})
    select distinct l.from_id, l.to_id, l.relation from some_reached r
    cross join lateral (
      select from_id, to_id, relation from document_links where company_id = ${p.companyId} and from_id = r.id
      limit ${longestChain} -- a key of each family in turn; joined as a whole, all links would be read
    ) l`,
)

const chainNodes = statement(
  'chain_nodes',
  {
    id: 'uuid',
    kind: 'text',
    number: 'text?',
    state: 'text',
    date: 'date',
    partyId: 'uuid?',
    amount: 'numeric?',
    currency: 'text?',
  },
  (p: { companyId: string; ids: string[] }) => sql`
    select d.id, d.kind, d.number, d.state, d.date, d.party_id, d.amount, d.currency
    from unnest(${p.ids}::uuid[]) as wanted(id) cross join lateral (
      select * from documents x where x.company_id = ${p.companyId} and x.id = wanted.id limit 1
    ) d order by d.id`,
)

export async function findChain(tx: Transaction, ctx: Context, id: string) {
  const edges = await tx.all(chainEdges, { companyId: ctx.company.id, id })
  const ids = [...new Set([id, ...edges.flatMap((e) => [e.fromId, e.toId])])]
  const nodes = await tx.all(chainNodes, { companyId: ctx.company.id, ids })
  const known = new Set(nodes.map((n) => n.id))
  return {
    nodes,
    edges: edges
      .filter((e) => known.has(e.fromId) && known.has(e.toId))
      .map((e) => ({ from: e.fromId, to: e.toId, relation: e.relation })),
  }
}
