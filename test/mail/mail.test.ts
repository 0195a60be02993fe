import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { now, setClock } from '../../src/kernel/clock.ts'
import { type MailWork, remindBySchedule, sendMails } from '../../src/mail/index.ts'
import type { CallOptions } from '../support/api.ts'
import { printed } from '../support/pdf.ts'
import { type Shop, openShop } from '../support/shop.ts'
import type { Mail, Reminded, Sent } from './answers.ts'
import { type MailCatcher, openMailCatcher } from './mail-catcher.ts'

const secret = 'a secret of tests, which protects nothing'
const noon = new Date('2026-03-10T11:00:00Z')

describe('mail', () => {
  let shop: Shop
  let catcher: MailCatcher
  const work = (more: Partial<MailWork> = {}): MailWork => ({
    secret,
    loopback: true,
    linkOf: async () => null,
    ...more,
  })
  const run = (more?: Partial<MailWork>) => sendMails(shop.db, work(more))
  const wait = (minutes: number) => setClock(new Date(now().getTime() + minutes * 60_000))
  const settings = (body: object) => shop.api('PATCH', '/mail-settings', body)
  const send = async (id: string, body?: object, options?: CallOptions) =>
    (await shop.api<Sent>('POST', `/invoices/${id}/send`, body, options)).mail
  const look = (mail: { id: string }) => shop.api<Mail>('GET', `/mails/${mail.id}`)
  const remind = (body: object, preview = false, options?: CallOptions) =>
    shop.api<Reminded>('POST', `/reminders${preview ? '?preview=true' : ''}`, body, options)
  const happened = async (id: string) =>
    (await shop.api<{ items: { type: string }[] }>('GET', `/audit?objectId=${id}&sort=id`)).items.map(
      (each) => each.type,
    )

  const late = { dueDate: '2026-03-01' }
  /** An issued invoice of 1,000.00, due long after these tests unless the head says otherwise. */
  const invoice = async (partyId: string, head: object = {}) => {
    const productId = await shop.product({ type: 'service', salesPrice: '1000.00' })
    const draft = await shop.api('POST', '/invoices', {
      partyId,
      date: '2026-02-01',
      dueDate: '2027-03-01',
      ...head,
      lines: [{ productId, quantity: '1', unitPrice: '1000.00' }],
    })
    return shop.act(`/invoices/${draft.id}/post`)
  }
  const customer = async (more: object = {}) =>
    (
      await shop.api('POST', '/parties', {
        name: 'Talleres Nogal, S.L.',
        roles: ['customer'],
        email: 'office@nogal.example',
        ...more,
      })
    ).id

  beforeAll(async () => {
    shop = await openShop({ company: { currency: 'EUR', timeZone: 'Europe/Warsaw' } })
  })
  afterAll(() => shop.close())
  beforeEach(async () => {
    setClock(noon)
    catcher = await openMailCatcher()
    await settings({
      host: '127.0.0.1',
      port: catcher.port,
      security: 'none',
      internalAllowed: true,
      fromAddress: 'sales@zapas.example',
      fromName: 'Zażółć & Co',
      replyTo: 'answers@zapas.example',
      copyTo: null,
      reminders: false,
      reminderDays: [7, 21, 35],
    })
  })
  afterEach(async () => {
    setClock(null)
    await catcher.close()
  })

  it('tells of many documents at once whom they would go to, and why not', async () => {
    const byContact = await customer({
      contacts: [{ name: 'Ana', email: 'ana@nogal.example', purposes: ['invoice'] }],
    })
    const silent = await customer({ email: null })
    const [first, second] = [await invoice(byContact), await invoice(silent)]
    const draft = await shop.api('POST', '/invoices', {
      partyId: byContact,
      lines: [{ description: 'Work', quantity: '1', unitPrice: '1.00', taxIds: [] }],
    })
    const order = await shop.order([{ description: 'Work', quantity: '1', unitPrice: '1.00', taxIds: [] }])
    const ids = [second.id, draft.id, first.id, order.id]
    const ask = async () =>
      (
        await shop.api<{ items: { id: string; to: string[]; hindrances: { code: string }[] }[] }>(
          'POST',
          '/invoices/recipients',
          { ids },
        )
      ).items.map(({ id, to, hindrances }) => [id, to, hindrances.map(({ code }) => code)])
    expect(await ask()).toEqual([
      [second.id, [], ['no-recipient']],
      [draft.id, ['ana@nogal.example'], ['not-to-be-sent']],
      [first.id, ['ana@nogal.example'], []],
    ])
    await settings({ host: null })
    expect((await ask())[2]).toEqual([first.id, ['ana@nogal.example'], ['no-mail-server']])
    expect(catcher.caught).toEqual([])
  })

  it('brings a document to those who are written to about it, in their language, with the very file that is kept', async () => {
    await settings({ copyTo: 'archive@zapas.example' })
    const partyId = await customer({
      name: 'Łódź <b>& Syn',
      language: 'pl',
      contacts: [
        { name: 'Orders', email: 'orders@lodz.example', purposes: ['order'] },
        { name: 'Books', email: 'books@lodz.example', purposes: ['invoice', 'reminder'] },
      ],
    })
    await shop.api('PATCH', '/mail-templates/invoice/pl', {
      subject: 'Faktura {{number}} – {{customer}}',
      body: 'Dla {{customer}}: {{total}}, do {{dueDate}}.\n\nTu: {{link}}\n\nZażółć gęślą jaźń',
    })
    const { id, number } = await invoice(partyId)

    const preview = await shop.api<Sent>('POST', `/invoices/${id}/send?preview=true`, {})
    expect(preview.hindrances).toEqual([])
    expect(preview.mail.attachments).toMatchObject([{ fileName: `Faktura-${number}.pdf`, pdfId: null }])
    expect((await shop.api('GET', `/invoices/${id}/pdfs`)).items).toEqual([])
    expect((await shop.api('GET', `/mails?documentId=${id}`)).items).toEqual([])

    const queued = await send(id)
    expect(queued.to).toEqual(['books@lodz.example'])
    await run({
      linkOf: async (_, __, { documents }) => `https://zapas.example/p/${documents[0]!.id}?a=1&b=2`,
    })
    const [one, ...more] = catcher.caught
    expect(more).toEqual([])
    expect(one!.to).toEqual(['books@lodz.example', 'archive@zapas.example'])
    expect(one!.raw).not.toContain('archive@zapas.example')
    const { mail } = one!
    expect(mail.subject).toBe(`Faktura ${number} – Łódź <b>& Syn`)
    expect(mail.from!.value).toEqual([{ name: 'Zażółć & Co', address: 'sales@zapas.example' }])
    expect(mail.replyTo!.value[0]!.address).toBe('answers@zapas.example')
    expect(mail.messageId).toBe(`<${queued.id}@zapas.example>`)
    const link = `https://zapas.example/p/${id}?a=1&b=2`
    expect(mail.text!.trim()).toBe(
      `Dla Łódź <b>& Syn: 1000,00 €, do 01.03.2027.\n\nTu: ${link}\n\nZażółć gęślą jaźń`.replace(
        '1000,00 €',
        new Intl.NumberFormat('pl', { style: 'currency', currency: 'EUR', useGrouping: 'always' }).format(
          1000,
        ),
      ),
    )
    expect(mail.html).toContain('Łódź &lt;b&gt;&amp; Syn')
    expect(mail.html).toContain(`<a href="${link.replace('&', '&amp;')}">`)
    // Byte for byte what is kept, and what is printed from now on.
    const kept = await shop.api<{ items: { id: string }[] }>('GET', `/invoices/${id}/pdfs`)
    expect(queued.attachments).toMatchObject([{ pdfId: kept.items[0]!.id }])
    const archive = Buffer.from(await printed(shop, `/invoices/${id}/pdfs/${kept.items[0]!.id}`))
    expect(mail.attachments).toHaveLength(1)
    expect(mail.attachments[0]!.filename).toBe(`Faktura-${number}.pdf`)
    expect(mail.attachments[0]!.content.equals(archive)).toBe(true)
    expect(Buffer.from(await printed(shop, `/invoices/${id}/pdf`)).equals(archive)).toBe(true)
    // The link of the customer is kept nowhere.
    const sent = await look(queued)
    expect(sent).toMatchObject({ state: 'sent', attempts: 1, nextAt: null, refused: [] })
    expect(sent.body).toContain('{{link}}')
    expect(await happened(id)).toEqual(expect.arrayContaining(['invoice.mailed', 'invoice.mail-sent']))
    await run()
    expect(catcher.caught).toHaveLength(1)

    // Without a link, its line is left out; what a person typed goes before the template.
    await send(id, {
      to: ['boss@lodz.example'],
      cc: ['cc@lodz.example'],
      subject: 'Re: {{number}}',
      attach: false,
    })
    await run()
    const again = catcher.caught[1]!
    expect(again.to).toEqual(['boss@lodz.example', 'cc@lodz.example', 'archive@zapas.example'])
    expect(again.mail.subject).toBe(`Re: ${number}`)
    expect(again.mail.text).not.toContain('Tu:')
    expect(again.mail.attachments).toEqual([])
    expect((await shop.api('GET', `/mails?documentId=${id}`)).items).toHaveLength(2)
  })

  it('sends a draft order as a quotation, and nothing that does not count', async () => {
    const productId = await shop.product()
    const partyId = await customer()
    const order = await shop.order([{ productId, quantity: '2' }], { partyId })
    // A file that is ticked goes with it.
    const terms = await printed(shop, `/sales-orders/${order.id}/pdf`)
    const files = `/api/v1/sales-orders/${order.id}/files?name=terms.pdf&sendWithDocument=true`
    const headers = {
      ...shop.owner.headers,
      'content-type': 'application/octet-stream',
      'idempotency-key': 'file',
    }
    expect((await fetch(shop.base + files, { method: 'POST', headers, body: Buffer.from(terms) })).ok).toBe(
      true,
    )
    await shop.api('POST', `/sales-orders/${order.id}/send`)
    await run()
    const { mail } = catcher.caught[0]!
    expect(mail.text).toContain('Our quotation')
    expect(mail.attachments[0]!.content.subarray(0, 5).toString()).toBe('%PDF-')
    expect(mail.attachments[1]!.filename).toBe('terms.pdf')
    expect(mail.attachments[1]!.content.equals(terms)).toBe(true)
    const draft = await shop.api('POST', '/invoices', { partyId, lines: [{ productId, quantity: '1' }] })
    const early = await shop.api('POST', `/invoices/${draft.id}/send`, {}, { expect: 409 })
    expect(early.code).toBe('not-to-be-sent')
    const nobody = await invoice(await customer({ email: null }))
    expect(await shop.api('POST', `/invoices/${nobody.id}/send`, {}, { expect: 422 })).toMatchObject({
      code: 'no-recipient',
      errors: [{ pointer: '/to' }],
    })
    const preview = await shop.api<Sent>('POST', `/invoices/${nobody.id}/send?preview=true`, {})
    expect(preview.hindrances).toMatchObject([{ code: 'no-recipient' }])
    await settings({ host: null })
    const unset = await shop.api('POST', '/mail-settings/test', {}, { expect: 409 })
    expect(unset.code).toBe('no-mail-server')
  })

  it('tries again what the server puts off (451), gives up what it refuses (550), and says its words', async () => {
    const { id } = await invoice(await customer())
    const mail = await send(id)
    catcher.answers.push(451)
    await run()
    expect(await look(mail)).toMatchObject({ state: 'waiting', attempts: 1, answer: '451 Not now, please' })
    await run()
    expect(catcher.caught).toEqual([])
    wait(2)
    await run()
    expect(await look(mail)).toMatchObject({ state: 'sent', attempts: 2 })
    expect(catcher.caught).toHaveLength(1)
    expect(catcher.caught[0]!.mail.messageId).toBe(`<${mail.id}@zapas.example>`)

    catcher.refuse({ 'office@nogal.example': 550 })
    const refused = await send(id)
    const partly = await send(id, { to: ['office@nogal.example', 'other@nogal.example'] })
    await run()
    const words = '550 office@nogal.example: no such user here'
    expect(await look(refused)).toMatchObject({ state: 'failed', attempts: 1, answer: words, nextAt: null })
    expect(await look(partly)).toMatchObject({ state: 'sent', refused: ['office@nogal.example'] })
    expect((await look(partly)).answer).toContain(words)
    expect(await happened(id)).toEqual(
      expect.arrayContaining(['invoice.mail-failed', 'invoice.mail-refused']),
    )
    await shop.api('POST', `/mails/${refused.id}/send-again`, { to: ['right@nogal.example'] })
    await run()
    expect(await look(refused)).toMatchObject({ state: 'sent', to: ['right@nogal.example'] })
    const twice = await shop.api('POST', `/mails/${refused.id}/send-again`, {}, { expect: 409 })
    expect(twice.code).toBe('not-to-be-repeated')

    // A provider tells that it came back.
    const reason = '550 5.1.1 mailbox unknown'
    await shop.api('POST', `/mails/${refused.id}/bounce`, { reason })
    await shop.api('POST', `/mails/${refused.id}/bounce`, { reason })
    expect(await look(refused)).toMatchObject({ state: 'bounced', bounceReason: reason })
    expect((await happened(id)).filter((type) => type === 'invoice.mail-bounced')).toHaveLength(1)

    // Nobody answers: it waits for two days, then it has failed.
    const lost = await send(id)
    await catcher.close()
    for (let attempt = 1; attempt <= 11; attempt++) {
      await run()
      wait(23 * 60)
    }
    expect(await look(lost)).toMatchObject({ state: 'failed', attempts: 11 })
    catcher = await openMailCatcher()
  })

  it('sends once, whoever sends, and leaves it to a person when nobody knows whether a mail arrived', async () => {
    const { id } = await invoice(await customer())
    for (let i = 0; i < 5; i++) await send(id, { attach: false })
    await Promise.all([run(), run(), run()])
    expect(catcher.caught).toHaveLength(5)
    expect(new Set(catcher.caught.map((each) => each.mail.messageId)).size).toBe(5)

    // Killed before the text was on its way: the next one sends it, when nobody can be at it any more.
    const killed = await send(id, { attach: false, body: 'See {{link}}' })
    await expect(run({ linkOf: () => Promise.reject(new Error('killed')) })).rejects.toThrow('killed')
    expect(await look(killed)).toMatchObject({ state: 'sending' })
    await run()
    expect(await look(killed)).toMatchObject({ state: 'sending' })
    wait(7)
    await run()
    expect(await look(killed)).toMatchObject({ state: 'sent', attempts: 2 })
    expect(catcher.caught).toHaveLength(6)

    // Killed behind the text: it may have arrived. Nobody sends it again by himself.
    const lost = await send(id, { attach: false })
    catcher.meanwhile(async () => {
      // This process is cut off: another finds what it left behind, once nobody can be waiting any more.
      catcher.meanwhile(null)
      wait(7)
      await run()
    })
    await run()
    expect(catcher.caught).toHaveLength(7)
    expect(await look(lost)).toMatchObject({ state: 'unclear', attempts: 1, nextAt: null })
    wait(60)
    await run()
    expect(catcher.caught).toHaveLength(7)
    expect(await happened(id)).toContain('invoice.mail-unclear')
    await shop.api('POST', `/mails/${lost.id}/send-again`)
    await run()
    expect(catcher.caught).toHaveLength(8)
    expect(catcher.caught[7]!.mail.messageId).toBe(catcher.caught[6]!.mail.messageId)

    const waiting = await send(id)
    await shop.api('POST', `/mails/${waiting.id}/cancel`)
    await run()
    expect(await look(waiting)).toMatchObject({ state: 'cancelled' })
    expect(catcher.caught).toHaveLength(8)
  })

  it('is handed to internal servers only where owner and installation allow it; the password is never seen', async () => {
    const refused = await shop.api('PATCH', '/mail-settings', { internalAllowed: false }, { expect: 422 })
    expect(refused).toMatchObject({ code: 'internal-address', errors: [{ pointer: '/host' }] })
    const mail = await shop.api<Mail>('POST', '/mail-settings/test', { to: 'me@zapas.example' })
    await run({ loopback: false })
    expect(await look(mail)).toMatchObject({ state: 'failed' })
    expect((await look(mail)).answer).toContain('ZAPAS_MAIL_LOOPBACK')

    // A name that leads inside, found when it is looked up.
    await settings({ host: 'mail.example.com', internalAllowed: false })
    const named = await shop.api<Mail>('POST', '/mail-settings/test')
    await run({ resolve: (_, __, done) => done(null, [{ address: '10.0.0.7', family: 4 }]) })
    expect(await look(named)).toMatchObject({ state: 'failed', to: ['sales@zapas.example'] })
    expect((await look(named)).answer).toContain('internal address')

    const inClear = await shop.api('PATCH', '/mail-settings', { password: 'geheim' }, { expect: 422 })
    expect(inClear.code).toBe('password-in-clear')
    const safe = await openMailCatcher({ password: 'geheim' })
    const login = {
      host: '127.0.0.1',
      port: safe.port,
      internalAllowed: true,
      security: 'starttls',
      userName: 'zapas',
    }
    const shown = await settings({ ...login, password: 'geheim' })
    expect(JSON.stringify(shown)).not.toContain('geheim')
    expect(shown).toMatchObject({ passwordSet: true })
    const { rows } = await shop.ownerDb.query('select password from mail_settings')
    expect(rows[0].password).not.toContain('geheim')
    // The server's certificate is its own: it is not believed, and nothing is said.
    const encrypted = await shop.api<Mail>('POST', '/mail-settings/test')
    await run()
    expect(safe.caught).toEqual([])
    expect(await look(encrypted)).toMatchObject({ state: 'waiting', attempts: 1 })
    expect((await look(encrypted)).answer).toMatch(/certificate/)
    wait(2)
    await run({ secret: 'another secret than the one it was sealed with' })
    expect((await look(encrypted)).answer).toContain('Enter it anew')
    await shop.api('POST', `/mails/${encrypted.id}/cancel`)
    await settings({ password: null, userName: null, security: 'none' })
    await safe.close()
  })

  it('has templates by purpose and language, with versions, a way back and a try', async () => {
    const path = '/mail-templates/invoice/de'
    const own = { subject: 'Rechnung {{number}}', body: 'Betrag: {{total}}\nOnline: {{link}}' }
    expect(await shop.api('PATCH', path, { ...own, body: '{{totl}}' }, { expect: 422 })).toMatchObject({
      code: 'unknown-placeholder',
      errors: [{ pointer: '/body' }],
    })
    const saved = await shop.api('PATCH', path, own, { ifMatch: 1 })
    expect(saved).toMatchObject({ ...own, version: 2, changed: true })
    await shop.api('PATCH', path, { ...own, subject: 'x' }, { ifMatch: 1, expect: 412 })
    const { number } = await invoice(await customer({ language: 'de-AT' }))
    const tried = await shop.api<{ subject: string; text: string; html: string }>('POST', `${path}/try`, own)
    expect(tried.subject).toBe(`Rechnung ${number}`)
    expect(tried.html).toContain('Betrag: EUR')
    const list = async () =>
      (
        await shop.api<{ items: { purpose: string; language: string; changed: boolean }[] }>(
          'GET',
          '/mail-templates',
        )
      ).items
    expect(await list()).toContainEqual(
      expect.objectContaining({ purpose: 'invoice', language: 'de', changed: true }),
    )
    await shop.api('POST', `${path}/reset`)
    expect(await list()).not.toContainEqual(expect.objectContaining({ purpose: 'invoice', language: 'de' }))
    expect(await shop.api('GET', path)).toMatchObject({ version: 3, changed: false })
  })

  it('shows each his own: a mail about an invoice is none to the warehouse', async () => {
    const { id } = await invoice(await customer())
    const mail = await send(id)
    const warehouse = await shop.signInAs('warehouse')
    expect((await shop.api('GET', `/mails?documentId=${id}`, undefined, { as: warehouse })).items).toEqual([])
    await shop.api('GET', `/mails/${mail.id}`, undefined, { as: warehouse, expect: 404 })
    await shop.api('POST', `/mails/${mail.id}/cancel`, undefined, { as: warehouse, expect: 404 })
    const sales = await shop.signInAs('sales')
    expect((await shop.api('GET', `/mails?documentId=${id}`, undefined, { as: sales })).items).toHaveLength(1)
    await run()
  })

  describe('of reminders', () => {
    it('comes in stages, each once, with all that is due in one mail, and not for what is paid', async () => {
      const partyId = await customer({ name: 'Late & Sons' })
      const first = await invoice(partyId, late)
      const second = await invoice(partyId, { dueDate: '2026-03-09' })
      const paid = await invoice(partyId, late)
      await shop.act(`/invoices/${paid.id}/payments`, {})
      expect(await remind({ invoiceIds: [paid.id] }, false, { expect: 409 })).toMatchObject({
        code: 'invoice-paid',
      })
      const early = await invoice(partyId, { dueDate: '2026-12-01' })
      expect(await remind({ invoiceIds: [early.id] }, false, { expect: 409 })).toMatchObject({
        code: 'not-overdue',
      })

      // By the schedule: the second is one day late and not due for a reminder yet.
      await settings({ reminders: true })
      await remindBySchedule(shop.db)
      const stagesOf = async (id: string) =>
        (await shop.api<{ items: Mail[] }>('GET', `/mails?documentId=${id}&sort=id`)).items.map(
          (mail) => mail.documents.find((each) => each.id === id)!.stage,
        )
      expect([await stagesOf(first.id), await stagesOf(second.id), await stagesOf(paid.id)]).toEqual([
        [1],
        [],
        [],
      ])
      // By hand it is, at once; of the first no second reminder is due.
      const preview = await remind({ partyIds: [partyId] }, true)
      expect(preview.mails).toMatchObject([{ documents: [{ id: second.id, stage: 1 }] }])
      expect(preview.skipped).toMatchObject([{ code: 'reminder-not-due' }])
      const racing = await Promise.all(
        [1, 2, 3].map(() => shop.send('POST', '/reminders', { partyIds: [partyId] })),
      )
      expect(racing.filter((each) => each.status === 201)).toHaveLength(1)
      await run()
      expect(catcher.caught).toHaveLength(2)

      // Two weeks later both are due for the second reminder: one mail, which names both.
      wait(14 * 24 * 60)
      await remindBySchedule(shop.db)
      await remindBySchedule(shop.db)
      await run()
      expect(catcher.caught).toHaveLength(3)
      const { mail } = catcher.caught[2]!
      expect(mail.text).toContain(first.number!)
      expect(mail.text).toContain(second.number!)
      expect(mail.text!.replaceAll('\u00a0', ' ')).toContain('Please pay EUR 2,000.00')
      expect(mail.attachments).toHaveLength(2)

      // One that is not taken does not count; one of something paid since is not sent.
      wait(14 * 24 * 60)
      catcher.refuse({ 'office@nogal.example': 550 })
      await remindBySchedule(shop.db)
      await run()
      expect(await stagesOf(first.id)).toEqual([1, 2, 3])
      catcher.refuse({})
      const again = (await remind({ partyIds: [partyId] })).mails[0]!
      expect(again.documents.map((each) => each.stage)).toEqual([3, 3])
      await shop.act(`/invoices/${first.id}/payments`, {})
      await run()
      expect(await look(again)).toMatchObject({ state: 'cancelled' })
      const rest = (await remind({ partyIds: [partyId] })).mails[0]!
      expect(rest.documents).toMatchObject([{ id: second.id, stage: 3 }])
      await run()
      expect(await remind({ partyIds: [partyId] }, false, { expect: 409 })).toMatchObject({
        code: 'all-reminders-sent',
      })
      // At night nobody is written to.
      await invoice(partyId, late)
      setClock(new Date('2026-04-20T02:00:00Z'))
      await remindBySchedule(shop.db)
      await run()
      expect(catcher.caught).toHaveLength(4)
    })
  })
})
