import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { tax } from '../support/figures.ts'
import { printed, textOf } from '../support/pdf.ts'
import { type Trade, openTrade } from '../support/trade.ts'

describe('why a tax is none', () => {
  let trade: Trade
  const taxIds: string[] = []
  beforeAll(async () => {
    trade = await openTrade({ company: { currency: 'PLN' } })
    for (const [name, more] of [
      ['Zwolnione', { category: 'E', exemptionReason: 'art. 43 ust. 1 pkt 29 ustawy o VAT' }],
      ['Odwrotne', { category: 'AE' }],
      ['Eksport', { category: 'G', exemptionReason: 'Export of goods: no tax is charged.' }],
      ['VAT 23%', { rate: '23', category: 'S', exemptionReason: 'Never said' }],
      ['Usługi', { category: 'AE', exemptionReason: 'art. 28b' }],
    ] as const)
      taxIds.push(await tax(trade, '0', { name, ...more }))
  })
  afterAll(() => trade.close())

  const words = async (path: string): Promise<string> =>
    (await textOf(await printed(trade, path))).replaceAll(/\s+/g, ' ')

  it('stands once below the taxes of invoice, order and correction', async () => {
    const lines = [...taxIds, taxIds[0]!].map((taxId, i) => ({
      description: `Work ${i}`,
      quantity: '1',
      unitPrice: '100',
      taxIds: [taxId],
    }))
    const order = await trade.sell(lines)
    const invoice = await trade.invoice(order)
    const credit = await trade.creditNote(invoice, { reason: 'Mistake' })
    for (const path of [
      `/sales-orders/${order.id}`,
      `/invoices/${invoice.id}`,
      `/credit-notes/${credit.id}`,
    ]) {
      const text = await words(`${path}/pdf?language=pl`)
      for (const part of [
        'Zwolnione zw.: art. 43 ust. 1 pkt 29 ustawy o VAT',
        'Odwrotne oo: Odwrotne obciążenie',
        'Usługi oo: Odwrotne obciążenie. art. 28b',
        'Eksport 0%: Export of goods: no tax is charged.',
      ])
        expect(text.split(part), path).toHaveLength(2)
      expect(text).not.toContain('Never said')
    }
    expect(await words(`/invoices/${invoice.id}/pdf?language=en`)).toContain(
      'Odwrotne reverse charge: Reverse charge',
    )
  })

  it('is read by the customer, by his login and by a link', async () => {
    const lines = [{ description: 'Work', quantity: '1', unitPrice: '1', taxIds: taxIds.slice(0, 1) }]
    const draft = await trade.api('POST', '/invoices', { partyId: trade.customerId, lines })
    const { id } = await trade.act(`/invoices/${draft.id}/post`)
    const { headers } = await trade.signInAs('customer', { partyId: trade.customerId })
    const answer = await fetch(`${trade.base}/api/v1/invoices/${id}/pdf?language=pl`, { headers })
    expect(await textOf(new Uint8Array(await answer.arrayBuffer()))).toContain('art. 43 ust. 1 pkt 29')
    const link = await trade.api('POST', '/portal-links', { documentKind: 'invoice', documentId: id })
    const { pathname } = new URL(link['url'] as string)
    const seen = await fetch(`${trade.base}/api/v1/portal/${pathname.slice('/p/'.length)}/documents/${id}`)
    expect(await seen.json()).toMatchObject({
      taxes: [{ name: 'Zwolnione', exemptionReason: 'art. 43 ust. 1 pkt 29 ustawy o VAT' }],
    })
  })
})
