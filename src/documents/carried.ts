import type { Context } from '../kernel/context.ts'
import { zero } from '../kernel/decimal.ts'
import { sql, statement } from '../kernel/sql.ts'
import type { Transaction } from '../kernel/transaction.ts'
import type { CarriedOut, findChain } from '../journal/links.ts'

type Graph = Awaited<ReturnType<typeof findChain>>

/** Relations along which money flows; along all others goods or services do. */
const money: ReadonlySet<string> = new Set(['paid by', 'settled by', 'refunds'])

// Of what was made, for a document takes its lines from one source. Goods that were rejected have come as well.
const madeLines = statement(
  'lines_carried',
  { id: 'uuid', lines: 'int', goods: 'int', quantity: 'numeric?', unit: 'text?' },
  (p: { companyId: string; ids: string[] }) => sql`
    select l.id, count(*)::int as lines, count(distinct (l.what, l.unit))::int as goods, sum(l.quantity) as quantity, min(l.unit) as unit
    from unnest(${p.ids}::uuid[]) as wanted(id) cross join lateral (
      select o.order_id as id, coalesce(o.product_id::text, o.description) as what, o.unit, o.quantity
      from order_lines o where o.company_id = ${p.companyId} and o.order_id = wanted.id
      union all
      select s.shipment_id, s.product_id::text, s.unit,
        s.quantity + round(s.rejected_base_quantity * s.denominator / s.numerator, 6)
      from shipment_lines s where s.company_id = ${p.companyId} and s.shipment_id = wanted.id
      union all
      select i.invoice_id, coalesce(i.product_id::text, i.description), i.unit, i.quantity
      from invoice_lines i where i.company_id = ${p.companyId} and i.invoice_id = wanted.id and i.type = 'item' and i.quantity > 0
    ) l
    group by l.id`,
)

// What undid a settlement is a row of its own, below zero.
const settled = statement(
  'amounts_carried',
  { fromId: 'uuid', toId: 'uuid', amount: 'numeric?' },
  (p: { companyId: string; ids: string[] }) => sql`
    select coalesce(s.claim_invoice_id, s.claim_payment_id) as from_id, coalesce(s.by_credit_id, s.by_payment_id) as to_id, sum(s.claim_amount) as amount
    from unnest(${p.ids}::uuid[]) as wanted(id) cross join lateral (
      select * from settlements x where x.company_id = ${p.companyId} and x.claim_invoice_id = wanted.id
      union all
      select * from settlements x where x.company_id = ${p.companyId} and x.claim_payment_id = wanted.id
    ) s
    group by 1, 2`,
)

/**
 * The chain with what each of its edges carries. Two statements for all edges, of which none asks for a document that is
 * not in the chain.
 * @param chain what the caller may read of it
 */
export async function withCarried(tx: Transaction, ctx: Context, { nodes, edges }: Graph) {
  const { id: companyId } = ctx.company
  const ends = (flows: boolean, end: 'from' | 'to'): string[] => [
    ...new Set(edges.filter(({ relation }) => money.has(relation) === flows).map((edge) => edge[end])),
  ]
  const [made, amounts] = await Promise.all([
    tx.all(madeLines, { companyId, ids: ends(false, 'to') }),
    tx.all(settled, { companyId, ids: ends(true, 'from') }),
  ])
  const linesOf = new Map(made.map((each) => [each.id, each]))
  const amountOf = new Map(amounts.map((each) => [`${each.fromId} ${each.toId}`, each.amount]))
  const nodeOf = new Map(nodes.map((node) => [node.id, node]))
  const carried = ({ from, to, relation }: Graph['edges'][number]): CarriedOut => {
    if (money.has(relation)) {
      const amount = amountOf.get(`${from} ${to}`) ?? zero
      return { ...nothing, amount, currency: nodeOf.get(from)!.currency }
    }
    const lines = linesOf.get(to)
    const { amount, currency } = nodeOf.get(to)!
    // A down payment, or a credit of money only.
    if (lines === undefined) return { ...nothing, amount, currency }
    const one = lines.goods === 1
    return {
      ...nothing,
      lines: lines.lines,
      ...(one && { quantity: lines.quantity, unit: lines.unit }),
    }
  }
  return { nodes, edges: edges.map((edge) => ({ ...edge, carries: carried(edge) })) }
}

const nothing = { lines: 0, quantity: null, unit: null, amount: null, currency: null } as const
