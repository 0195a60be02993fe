import { routes as catalogue } from '../../catalogue/index.ts'
import { innerCalls } from '../../http/inner-call.ts'
import { routes as invoices } from '../../invoices/index.ts'
import type { Context } from '../../kernel/context.ts'
import { forbidden } from '../../kernel/problem.ts'
import type { Transaction } from '../../kernel/transaction.ts'
import { titles } from '../../kinds.ts'
import { routes as mail } from '../../mail/index.ts'
import { routes as orders } from '../../orders/index.ts'
import { routes as parties } from '../../parties/index.ts'
import { type Permission, may } from '../../permissions.ts'
import { routes as replenishment } from '../../replenishment/index.ts'
import { routes as shipments } from '../../shipments/index.ts'
import { routes as stock } from '../../stock/index.ts'

const read = innerCalls([
  ...catalogue,
  ...parties,
  ...stock,
  ...orders,
  ...replenishment,
  ...shipments,
  ...invoices,
  ...mail,
])

/**
 * Calls an operation of the API as the rule, with the permissions of its role and no others.
 * @throws 403 where the role may not, or what a request would be refused with
 */
export async function call(
  tx: Transaction,
  ctx: Context,
  method: string,
  address: string,
  body?: object,
): Promise<unknown> {
  const asked = read(method, address, body, ctx)
  if (!may(ctx.permissions as ReadonlySet<Permission>, asked.route.permission))
    throw forbidden(
      `A rule with the role ${ctx.role} may not do this (${asked.route.permission}). Give the rule another role.`,
    )
  return asked.run(tx)
}

/** Where an object of a kind stands in the API; null: it is no document, party or product. */
export function pathOf(kind: string): string | null {
  if (kind === 'party') return 'parties'
  if (kind === 'product') return 'products'
  return kind in titles ? titles[kind as keyof typeof titles].path : null
}
