import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Trade, openTrade } from '../support/trade.ts'

interface Fields {
  readonly missing: readonly {
    readonly code: string
    readonly level: string
    readonly taxId: string | null
  }[]
}

describe('before an invoice is issued', () => {
  let trade: Trade
  beforeAll(async () => {
    trade = await openTrade()
    await trade.api('PATCH', '/company', { taxNumber: null, address: {} })
  })
  afterAll(() => trade.close())

  const missing = async (id: string) => {
    const { missing: found } = await trade.api<Fields>('GET', `/invoices/${id}/legal-fields`)
    return found.map(({ code, level }) => `${code} ${level}`)
  }
  const tax = async (fields: object) => (await trade.api('POST', '/taxes', fields)).id
  const draft = (partyId: string, taxIds: readonly string[]) =>
    trade.api('POST', '/invoices', {
      partyId,
      lines: [{ description: 'Work', quantity: '1', unitPrice: '100', taxIds }],
    })

  it('is told what the law asks for and is not there, and it goes as it is put right', async () => {
    const party = await trade.api('POST', '/parties', {
      name: 'Mill',
      type: 'organisation',
      roles: ['customer'],
    })
    const vat = await tax({ name: 'VAT 20 %', rate: '20', category: 'S' })
    const invoice = await draft(party.id, [vat])
    expect(await missing(invoice.id)).toEqual([
      'seller-address required',
      'seller-tax-number required',
      'buyer-address required',
      'buyer-tax-number advised',
      'payment-account advised',
    ])
    await trade.api('PATCH', '/company', { taxNumber: 'DE1', address: { line1: 'Am Markt 1', city: 'Ulm' } })
    await trade.api('PATCH', '/print-settings', { account: 'DE89370400440532013000' })
    await trade.api('PATCH', `/parties/${party.id}`, {
      taxNumber: 'FR2',
      addresses: [{ type: 'billing', line1: 'Rue 2', city: 'Lyon' }],
    })
    // The draft keeps the customer as it was until that is taken over.
    expect(await missing(invoice.id)).toEqual([
      'buyer-address required',
      'buyer-tax-number advised',
      'buyer-changed advised',
    ])
    const taken = await trade.api('PATCH', `/invoices/${invoice.id}`, { takeParty: true })
    expect(taken['party']).toMatchObject({ name: 'Mill', taxNumber: 'FR2', address: { city: 'Lyon' } })
    expect(taken.totals).toMatchObject({ net: '100', gross: '120' })
    expect(await missing(invoice.id)).toEqual([])
    const audit = await trade.api('GET', `/audit?objectId=${invoice.id}&type=invoice.changed`)
    expect(audit.items[0]).toMatchObject({
      before: { party: { taxNumber: null } },
      after: { party: { taxNumber: 'FR2' } },
    })
    expect((await trade.act(`/invoices/${invoice.id}/post`)).state).toBe('posted')
  })

  it('asks for both tax numbers where the buyer accounts for the tax, and why none is charged', async () => {
    const party = await trade.api('POST', '/parties', {
      name: 'Quelqu’un',
      type: 'person',
      roles: ['customer'],
      addresses: [{ type: 'billing', line1: 'Rue 2', city: 'Lyon' }],
    })
    const reverse = await tax({ name: 'Reverse charge', rate: '0', category: 'AE' })
    const exempt = await tax({ name: 'Exempt', rate: '0', category: 'E' })
    const zeroRated = await tax({ name: 'Zero', rate: '0', category: 'Z' })
    expect(await missing((await draft(party.id, [zeroRated])).id)).toEqual([])
    expect(await missing((await draft(party.id, [reverse])).id)).toEqual(['buyer-tax-number required'])
    const invoice = await draft(party.id, [exempt])
    const { missing: found } = await trade.api<Fields>('GET', `/invoices/${invoice.id}/legal-fields`)
    expect(found).toMatchObject([{ code: 'tax-reason', level: 'required', taxId: exempt }])
    await trade.api('PATCH', `/taxes/${exempt}`, { exemptionReason: 'Article 132' })
    expect(await missing(invoice.id)).toEqual([])
  })
})
