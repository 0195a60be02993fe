import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { setClock } from '../../src/kernel/clock.ts'
import type { Answered } from '../support/api.ts'
import { printed, textOf } from '../support/pdf.ts'
import { type Trade, fields, openTrade } from '../support/trade.ts'

const words = async (trade: Trade, path: string): Promise<string> =>
  (await textOf(await printed(trade, path))).replaceAll(/\s+/g, ' ')

/** The zone of the server process, which must not matter; the browser sends calendar dates, never moments. */
describe.each(['UTC', 'America/Phoenix', 'Pacific/Kiritimati'])(
  'S34 Saving a document never moves its date (server in %s)',
  (serverZone) => {
    const zoneBefore = process.env['TZ']
    let dhaka: Trade
    let berlin: Trade
    beforeAll(async () => {
      process.env['TZ'] = serverZone
      dhaka = await openTrade({ company: { timeZone: 'Asia/Dhaka', paymentTermDays: 30 } })
      berlin = await openTrade({
        company: { timeZone: 'Europe/Berlin', currency: 'EUR', paymentTermDays: 30 },
      })
    })
    afterEach(() => setClock(null))
    afterAll(async () => {
      if (zoneBefore === undefined) delete process.env['TZ']
      else process.env['TZ'] = zoneBefore
      await Promise.all([dhaka.close(), berlin.close()])
    })

    const dates = (invoice: Answered) => fields(invoice, 'date', 'dueDate')
    const draft = (trade: Trade, date?: string) =>
      trade.api('POST', '/invoices', {
        partyId: trade.customerId,
        ...(date !== undefined && { date }),
        lines: [{ description: 'Work', quantity: '1', unitPrice: '1.00' }],
      })
    /** What the form of a browser does: it reads the document and sends its fields back. */
    const openAndSave = async (trade: Trade, invoice: Answered, notes: string) => {
      const form = await trade.again('invoices', invoice)
      const { date, dueDate, saleDate, reference } = form
      const lines = form.lines.map(({ id, quantity, unitPrice }) => ({ id, quantity, unitPrice }))
      return trade.api(
        'PATCH',
        `/invoices/${invoice.id}`,
        { date, dueDate, saleDate, reference, notes, lines },
        { ifMatch: form.version },
      )
    }

    it('is saved five times, posted, and overdue from midnight in the company', async () => {
      // In Dhaka (UTC+6) it is 31 March, in UTC still the 30th.
      setClock(new Date('2026-03-30T18:30:00Z'))
      const invoice = await draft(dhaka)
      const expected = ['2026-03-31', '2026-04-30']
      expect(dates(invoice)).toEqual(expected)
      for (let i = 1; i <= 5; i++)
        expect(dates(await openAndSave(dhaka, invoice, `save ${i}`))).toEqual(expected)
      expect(dates(await dhaka.act(`/invoices/${invoice.id}/post`))).toEqual(expected)

      const status = async () => {
        const { paymentStatus } = await dhaka.again('invoices', invoice)
        const overdue = (await dhaka.api('GET', '/invoices?paymentStatus=overdue')).items
        const count = await dhaka.api('GET', '/invoices/count?paymentStatus=overdue')
        return [paymentStatus, overdue.length, count['count']]
      }
      setClock(new Date('2026-04-30T23:59:00+06:00'))
      expect(await status()).toEqual(['open', 0, 0])
      setClock(new Date('2026-05-01T00:00:00+06:00'))
      expect(await status()).toEqual(['overdue', 1, 1])
      expect(dates(await dhaka.again('invoices', invoice))).toEqual(expected)
      const { items } = await dhaka.api('GET', '/invoices?from=2026-03-31&to=2026-03-31')
      expect(items.map(dates)).toEqual([expected])
      const pdf = await words(dhaka, `/invoices/${invoice.id}/pdf?language=en`)
      for (const part of ['Date of issue', 'Due date', '31 Mar 2026', '30 Apr 2026'])
        expect(pdf).toContain(part)
      expect(pdf).not.toMatch(/30 Mar|29 Apr|1 May/)
      const server = { host: 'smtp.example.com', security: 'starttls', fromAddress: 'books@example.com' }
      await dhaka.api('PATCH', '/mail-settings', server)
      const named = await dhaka.api('PATCH', `/parties/${dhaka.customerId}`, { email: 'buyer@example.com' })
      const asked = { partyIds: [named.id] }
      const { mails } = await dhaka.api('POST', '/reminders?preview=true', asked, { expect: 200 })
      expect((mails as readonly { body: string }[]).map((mail) => mail.body)).toEqual([
        expect.stringContaining('30 Apr 2026'),
      ])
      const list = { list: 'invoices', format: 'csv', name: 'dates', search: '' }
      const columns = ['date', 'dueDate'].map((path) => ({ path, title: path, words: {} }))
      const query = new URLSearchParams({ ...list, columns: JSON.stringify(columns) })
      const file = await fetch(`${dhaka.base}/api/v1/exports?${query.toString()}`, {
        headers: dhaka.owner.headers,
      })
      expect(await file.text()).toContain('2026-03-31,2026-04-30')
    })

    it('is the same on the day on which the clock changes', async () => {
      // 2026-03-29 in Berlin begins an hour before midnight UTC and has 23 hours.
      for (const moment of [
        '2026-03-28T23:00:00Z',
        '2026-03-29T00:59:59Z',
        '2026-03-29T01:00:00Z',
        '2026-03-29T21:59:59Z',
      ]) {
        setClock(new Date(moment))
        const invoice = await draft(berlin)
        const expected = ['2026-03-29', '2026-04-28']
        expect(dates(invoice)).toEqual(expected)
        for (let i = 1; i <= 5; i++)
          expect(dates(await openAndSave(berlin, invoice, `save ${i}`))).toEqual(expected)
        expect(dates(await berlin.act(`/invoices/${invoice.id}/post`))).toEqual(expected)
        expect(dates(await berlin.again('invoices', invoice))).toEqual(expected)
      }
      const { items } = await berlin.api('GET', '/invoices?from=2026-03-29&to=2026-03-29')
      expect(items).toHaveLength(4)
      const pdf = await words(berlin, `/invoices/${items[0]!.id}/pdf?language=en`)
      for (const part of ['29 Mar 2026', '28 Apr 2026']) expect(pdf).toContain(part)
      setClock(new Date('2026-03-29T22:00:00Z'))
      expect((await draft(berlin))['date']).toBe('2026-03-30')
    })
  },
)
