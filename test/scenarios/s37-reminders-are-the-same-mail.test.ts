import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { setClock } from '../../src/kernel/clock.ts'
import { remindBySchedule, sendMails } from '../../src/mail/index.ts'
import type { Reminded } from '../mail/answers.ts'
import { type MailCatcher, openMailCatcher } from '../mail/mail-catcher.ts'
import type { Answered } from '../support/api.ts'
import { printed, textOf } from '../support/pdf.ts'
import { type Shop, openShop } from '../support/shop.ts'

const subject = 'Upomínka č. 3 – příští splátka, R&D'
/** The third of the reminders, with every amount of the invoice. */
const template = {
  subject,
  body: 'Celkem {{total}}, zaplaceno {{paid}}, zbývá {{remaining}}.\n\n{{invoices}}',
}

describe('S37 Reminder by hand and by schedule are the same mail', () => {
  let shop: Shop
  let catcher: MailCatcher
  let byHand: Answered
  let byClock: Answered
  beforeAll(async () => {
    setClock(new Date('2026-03-10T11:00:00Z'))
    shop = await openShop({ company: { currency: 'EUR', timeZone: 'Europe/Warsaw' } })
    catcher = await openMailCatcher()
    await settings({
      host: '127.0.0.1',
      port: catcher.port,
      security: 'none',
      internalAllowed: true,
      fromAddress: 'sales@zapas.example',
      reminderDays: [7, 21, 35],
    })
    for (const stage of [1, 2, 3]) await shop.api('PATCH', `/mail-templates/reminder-${stage}/cs`, template)
    const customer = await shop.api('POST', '/parties', {
      name: 'Talleres Nogal, S.L.',
      roles: ['customer'],
      email: 'office@nogal.example',
      language: 'cs',
    })
    const invoice = async (): Promise<Answered> => {
      const draft = await shop.api('POST', '/invoices', {
        partyId: customer.id,
        date: '2026-02-01',
        dueDate: '2026-03-01',
        lines: [{ description: 'Service', quantity: '1', unitPrice: '1000.00' }],
      })
      const posted = await shop.act(`/invoices/${draft.id}/post`)
      await shop.act(`/invoices/${posted.id}/payments`, { amount: '400.00', date: '2026-02-20' })
      return posted
    }
    byHand = await invoice()
    byClock = await invoice()
  })
  afterAll(async () => {
    await catcher.close()
    await shop.close()
  })

  const settings = (body: object) => shop.api('PATCH', '/mail-settings', body)
  const amounts = 'Celkem EUR\u00a01,000.00, zaplaceno EUR\u00a0400.00, zbývá EUR\u00a0600.00.'

  it('sends one mail by hand and one by the schedule, each to one recipient', async () => {
    const { mails } = await shop.api<Reminded>('POST', '/reminders', { invoiceIds: [byHand.id] })
    expect(mails).toHaveLength(1)
    await settings({ reminders: true })
    await remindBySchedule(shop.db)
    await remindBySchedule(shop.db)
    await sendMails(shop.db, {
      secret: 'a secret of tests, which protects nothing',
      loopback: true,
      linkOf: async () => null,
    })
    expect(catcher.caught.map(({ to }) => to)).toEqual([['office@nogal.example'], ['office@nogal.example']])
    // The name holds a comma, which parts addresses where it is not quoted.
    for (const { mail } of catcher.caught)
      expect([mail.to].flat().flatMap((each) => each?.value ?? [])).toMatchObject([
        { address: 'office@nogal.example' },
      ])
  })

  it('gives both the same subject, letter by letter', () => {
    expect(catcher.caught.map(({ mail }) => mail.subject)).toEqual([subject, subject])
  })

  it('says in both 1,000.00 in all, 400.00 paid, 600.00 remaining, and nothing else but the number', () => {
    const texts = catcher.caught.map(({ mail }, i) => {
      expect(mail.text).toContain(amounts)
      return mail.text!.replaceAll([byHand, byClock][i]!.number!, '#')
    })
    expect(texts[0]).toBe(texts[1])
  })

  it('prints the same amounts on the PDF, attached to either mail and asked for', async () => {
    const files = catcher.caught.map(({ mail }) => new Uint8Array(mail.attachments[0]!.content))
    for (const pdf of [...files, await printed(shop, `/invoices/${byHand.id}/pdf`)]) {
      const text = await textOf(pdf)
      for (const amount of ['1,000.00', '400.00', '600.00']) expect(text).toContain(amount)
    }
  })
})
