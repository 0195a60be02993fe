import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Shop, openShop } from '../support/shop.ts'
import type { Sent } from './answers.ts'

/** What a mail calls the document that it brings, and what of its words is refused. */
describe('the words of a mail', () => {
  let shop: Shop
  let partyId: string
  beforeAll(async () => {
    shop = await openShop({ company: { name: 'Crimson', currency: 'EUR' } })
    partyId = (
      await shop.api('POST', '/parties', {
        name: 'Talleres Nogal',
        roles: ['customer', 'vendor'],
        email: 'office@nogal.example',
      })
    ).id
  })
  afterAll(() => shop.close())

  const preview = async (path: string, body: object = {}) =>
    (await shop.api<Sent>('POST', `${path}/send?preview=true`, body)).mail
  const inBoth = async (path: string) => [
    await preview(path, { language: 'en' }),
    await preview(path, { language: 'pl' }),
  ]

  it('call a payment what its file calls it: a receipt of what came in, an advice of what went out', async () => {
    const pay = async (direction: string) => {
      const payment = { direction, partyId, amount: '10.00', post: true }
      const { id, number } = await shop.api('POST', '/payments', payment)
      const mails = await inBoth(`/payments/${id}`)
      return mails.map(({ subject, attachments }) => [
        subject.replace(number!, 'PAY'),
        attachments[0]!.fileName.replace(number!, 'PAY'),
      ])
    }
    expect(await pay('in')).toEqual([
      ['Payment receipt PAY, Crimson', 'Payment-receipt-PAY.pdf'],
      ['Potwierdzenie wpłaty PAY, Crimson', 'Potwierdzenie-wpłaty-PAY.pdf'],
    ])
    expect(await pay('out')).toEqual([
      ['Payment advice PAY, Crimson', 'Payment-advice-PAY.pdf'],
      ['Awizo płatności PAY, Crimson', 'Awizo-płatności-PAY.pdf'],
    ])
  })

  it('call a quotation, which has no number, by its day', async () => {
    const productId = await shop.product()
    const { id } = await shop.order([{ productId, quantity: '1' }], { partyId, orderDate: '2026-03-10' })
    expect((await inBoth(`/sales-orders/${id}`)).map((mail) => mail.subject)).toEqual([
      'Quotation of 10 Mar 2026, Crimson',
      'Oferta z dnia 10.03.2026, Crimson',
    ])
  })

  it('are refused with a placeholder that is none, as those of a template are', async () => {
    await shop.api('PATCH', '/mail-settings', {
      host: 'mail.zapas.example',
      fromAddress: 'sales@zapas.example',
    })
    const payment = { direction: 'in', partyId, amount: '10.00', post: true }
    const { id } = await shop.api('POST', '/payments', payment)
    const told = async (path: string, body: object) => {
      const { code, errors } = await shop.api('POST', `/payments/${id}/${path}`, body, { expect: 422 })
      return [code, errors?.[0]?.pointer]
    }
    for (const path of ['send', 'send?preview=true']) {
      expect(await told(path, { subject: 'Hi {{nope}}' })).toEqual(['unknown-placeholder', '/subject'])
      expect(await told(path, { body: 'Hi {{ nope }}' })).toEqual(['unknown-placeholder', '/body'])
      expect(await told(path, { subject: 'See {{link}}' })).toEqual(['placeholder-in-subject', '/subject'])
    }
    const mail = await preview(`/payments/${id}`, { subject: 'For {{customer}}' })
    expect(mail.subject).toBe('For Talleres Nogal')
  })
})
