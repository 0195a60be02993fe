import type { Static } from 'typebox'
import type { Context } from '../kernel/context.ts'
import { type Decimal, zero } from '../kernel/decimal.ts'
import type { Transaction } from '../kernel/transaction.ts'
import { findChain } from '../journal/links.ts'
import type { Changes } from './schemas.ts'
import { type Snapshot, selectProducts, selectStatuses, takeSnapshot } from './snapshot.ts'

/**
 * Runs an action inside a savepoint, looks at the chain, goes back and looks again: what differs is what
 * the action would change, in stock, money and statuses. Real rows under real locks, so the preview tells
 * what the action would do at this moment; the caller rolls everything back.
 */
export async function withChanges(
  tx: Transaction,
  ctx: Context,
  id: string | null,
  run: () => Promise<unknown>,
): Promise<unknown> {
  await tx.command('savepoint preview')
  const result = await run()
  const made = idOf(result)
  const roots = [...new Set([id, made].filter((root) => root !== null))]
  const chains = await Promise.all(roots.map((root) => findChain(tx, ctx, root)))
  const documents = [...new Set([...roots, ...chains.flatMap((chain) => chain.nodes.map((node) => node.id))])]
  const companyId = ctx.company.id
  const [products, parties] = await Promise.all([
    tx.all(selectProducts, { companyId, ids: documents }),
    tx.all(selectStatuses, { companyId, ids: documents, today: ctx.today }),
  ])
  const of = {
    documents,
    products: products.map((p) => p.id),
    parties: [...new Set(parties.flatMap((d) => (d.partyId === null ? [] : [d.partyId])))],
  }
  const after = await takeSnapshot(tx, ctx, of)
  await tx.command('rollback to savepoint preview')
  const before = await takeSnapshot(tx, ctx, of)
  return typeof result === 'object' && result !== null
    ? { ...result, changes: compare(before, after) }
    : result
}

function idOf(result: unknown): string | null {
  const id = (result as { id?: unknown } | null | undefined)?.id
  return typeof id === 'string' ? id : null
}

const statusFields = ['state', 'fulfilment', 'invoicing', 'returned', 'paymentStatus', 'inTransit'] as const
const levelFields = ['onHand', 'quarantined', 'reserved', 'incoming', 'outgoing', 'value'] as const

/** What differs between two snapshots of the same rows. Pure. */
function compare(before: Snapshot, after: Snapshot): Static<typeof Changes> {
  const was = new Map(before.statuses.map((d) => [d.id, d]))
  const levelWas = new Map(before.levels.map((l) => [`${l.productId} ${l.warehouseId}`, l]))
  const balanceWas = new Map(before.balances.map((b) => [`${b.partyId} ${b.currency}`, b]))
  const balances = new Map(
    [...before.balances, ...after.balances].map((b) => [`${b.partyId} ${b.currency}`, b]),
  )
  const balanceIs = new Map(after.balances.map((b) => [`${b.partyId} ${b.currency}`, b]))
  return {
    documents: after.statuses
      .filter((d) => was.get(d.id)?.version !== d.version)
      .map((d) => ({
        kind: d.kind,
        id: d.id,
        number: was.get(d.id)?.number ?? null,
        change: was.has(d.id) ? 'changed' : 'made',
      })),
    stock: after.levels
      .map((level) => {
        const old = levelWas.get(`${level.productId} ${level.warehouseId}`)
        const { productId, sku, warehouseId, warehouse } = level
        const pairs = Object.fromEntries(
          levelFields.map((field) => [field, { before: old?.[field] ?? zero, after: level[field] }]),
        ) as Record<(typeof levelFields)[number], { before: Decimal; after: Decimal }>
        return { productId, sku, warehouseId, warehouse, ...pairs }
      })
      .filter((level) => levelFields.some((field) => !level[field].before.eq(level[field].after))),
    money: [...balances]
      .map(([key, { partyId, party, currency }]) => ({
        partyId,
        party,
        currency,
        receivable: {
          before: balanceWas.get(key)?.receivable ?? zero,
          after: balanceIs.get(key)?.receivable ?? zero,
        },
        payable: { before: balanceWas.get(key)?.payable ?? zero, after: balanceIs.get(key)?.payable ?? zero },
      }))
      .filter((m) => !m.receivable.before.eq(m.receivable.after) || !m.payable.before.eq(m.payable.after)),
    statuses: after.statuses.flatMap((d) => {
      const old = was.get(d.id)
      return statusFields
        .filter((field) => (old?.[field] ?? null) !== d[field])
        .map((field) => ({
          kind: d.kind,
          id: d.id,
          number: old?.number ?? null,
          field,
          before: old?.[field] ?? null,
          after: d[field],
        }))
    }),
  }
}
