import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { permissionsOf } from '../../src/permissions.ts'
import type { Answered } from '../support/api.ts'
import { printed, textOf } from '../support/pdf.ts'
import { type Trade, openTrade } from '../support/trade.ts'

/** What stands beside a document is shown to whoever may read it, as in the chain. */
describe('the links of a document', () => {
  let trade: Trade
  let order: Answered
  let delivery: Answered
  let invoice: Answered
  beforeAll(async () => {
    trade = await openTrade()
    const productId = await trade.product()
    await trade.stock(productId, '2')
    order = await trade.sell([{ productId, quantity: '2', unitPrice: '10.00' }])
    delivery = await trade.followAndPost('sales-orders', order, 'delivery-notes', {})
    invoice = await trade.invoice(order)
  })
  afterAll(() => trade.close())

  type Links = { readonly links: readonly { readonly kind: string }[] }
  const kindsOf = ({ links }: Links): string[] => links.map(({ kind }) => kind).toSorted()
  const without = async (...denied: string[]) => {
    const permissions = [...permissionsOf.owner].filter((each) => !denied.includes(each))
    const { key } = await trade.api('POST', '/api-keys', { name: 'Part', role: 'owner', permissions })
    return { ...trade.owner, headers: { authorization: `Bearer ${String(key)}` } }
  }

  it('leave out what the caller may not read', async () => {
    const as = await trade.signInAs('warehouse')
    const read = async (path: string, more: object) =>
      kindsOf((await trade.send<Answered & Links>('GET', path, undefined, more)).json)
    expect(await read(`/sales-orders/${order.id}`, {})).toEqual(['delivery-note', 'invoice'])
    expect(await read(`/sales-orders/${order.id}`, { as })).toEqual(['delivery-note'])
    const clerk = await without('sales-order:read')
    expect(await read(`/delivery-notes/${delivery.id}`, {})).toContain('sales-order')
    expect(await read(`/delivery-notes/${delivery.id}`, { as: clerk })).not.toContain('sales-order')
    expect(await read(`/invoices/${invoice.id}`, { as: clerk })).not.toContain('sales-order')
  })

  it('leave it out of what was made just now, too', async () => {
    const clerk = await without('invoice:read')
    const paid = await trade.send<Answered & Links>(
      'POST',
      `/invoices/${invoice.id}/payments`,
      {},
      { as: clerk },
    )
    expect([paid.status, kindsOf(paid.json)]).toEqual([201, []])
  })

  it('are printed whoever prints: the copy is for everybody', async () => {
    const clerk = await without('sales-order:read')
    const path = `/invoices/${invoice.id}/pdf?language=en`
    const answer = await fetch(`${trade.base}/api/v1${path}`, { headers: clerk.headers })
    const theirs = await textOf(new Uint8Array(await answer.arrayBuffer()))
    expect(theirs).toContain(order.number)
    expect(theirs).toBe(await textOf(await printed(trade, path)))
  })

  it('are all looked at by a rule for approval, whoever posts', async () => {
    const { id } = await trade.api('POST', '/rules', {
      name: 'Invoices that no order was approved for',
      events: ['invoice.posted'],
      condition: '!document.links.exists(k, k.direction == "source")',
      actions: [{ do: 'ask-for-approval', role: 'owner' }],
      role: 'viewer',
    })
    await trade.api('PATCH', `/rules/${id}`, { active: true })
    const productId = await trade.product()
    await trade.stock(productId, '1')
    const another = await trade.sell([{ productId, quantity: '1', unitPrice: '10.00' }])
    const draft = await trade.api('POST', `/sales-orders/${another.id}/invoices`, {})
    const clerk = await without('sales-order:read')
    const posted = await trade.send<Answered & Links>('POST', `/invoices/${draft.id}/post`, undefined, {
      as: clerk,
    })
    expect([posted.status, posted.json.state, posted.json.links]).toEqual([200, 'posted', []])
  })
})
