import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { makeRecurring } from '../../src/automation/index.ts'
import { setClock } from '../../src/kernel/clock.ts'
import type { Answered } from '../support/api.ts'
import type { Caller } from '../support/companies.ts'
import { type Shop, openShop } from '../support/shop.ts'

interface Schedule extends Answered {
  readonly nextDate: string | null
  readonly dates: readonly string[]
  readonly made: number
  readonly problem: string | null
}
interface Run extends Answered {
  readonly date: string
  readonly reason: string | null
  readonly documentId: string | null
}

describe('recurring documents', () => {
  let shop: Shop
  let productId: string
  let owner: Caller

  beforeAll(async () => {
    setClock(new Date('2026-01-10T12:00:00Z'))
    shop = await openShop({ company: { timeZone: 'Europe/Warsaw', backOrders: true } })
    owner = await shop.sessionAs('owner')
    productId = await shop.product({ type: 'service' })
  })
  afterAll(() => shop.close())
  afterEach(async () => {
    setClock(new Date('2026-01-10T12:00:00Z'))
    for (const { id, state } of (await shop.api('GET', '/recurring')).items)
      if (state !== 'ended') await shop.act(`/recurring/${id}/end`)
  })

  const at = async (moment: string): Promise<void> => {
    setClock(new Date(moment))
    await makeRecurring(shop.db)
  }
  const invoice = (unitPrice = '100'): Promise<Answered> =>
    shop.api('POST', '/invoices', {
      partyId: shop.customerId,
      reference: 'Contract 7',
      lines: [{ productId, description: 'Service of the month', quantity: '2', unitPrice }],
    })
  const repeat = (path: string, body: object, more: object = {}): Promise<Schedule> =>
    shop.api('POST', `${path}/schedules`, { every: 1, unit: 'month', ...body }, { as: owner, ...more })
  const schedule = (id: string): Promise<Schedule> => shop.api('GET', `/recurring/${id}`)
  const runs = async (id: string): Promise<readonly Run[]> =>
    (await shop.api<{ items: Run[] }>('GET', `/recurring/${id}/runs?sort=date`)).items
  const told = async (): Promise<string[]> =>
    (
      await shop.api<{ items: { text: string }[] }>('GET', '/notices?unread=true&sort=id', undefined, {
        as: owner,
      })
    ).items.map(({ text }) => text)

  it('are made when the day begins where the company is, once, and end the month on its last day', async () => {
    const { id: sourceId } = await invoice()
    const rhythm = { firstDate: '2026-01-15', day: 31, times: 3 }
    const tried = await shop.act(`/invoices/${sourceId}/schedules?preview=true`, {
      every: 1,
      unit: 'month',
      ...rhythm,
    })
    expect(tried['dates']).toEqual(['2026-01-31', '2026-02-28', '2026-03-31'])
    expect((await shop.api('GET', '/recurring')).items).toEqual([])
    const made = await repeat(`/invoices/${sourceId}`, rhythm)
    expect(made).toMatchObject({
      name: 'Premium Computers',
      firstDate: '2026-01-31',
      nextDate: '2026-01-31',
      dates: ['2026-01-31', '2026-02-28', '2026-03-31'],
      amount: '200',
      state: 'active',
    })
    expect(
      await shop.api('GET', '/recurring/dates?every=1&unit=month&day=31&firstDate=2028-01-15&times=2'),
    ).toEqual({ dates: ['2028-01-31', '2028-02-29'] })
    // A minute before midnight in Warsaw, and at midnight; in New York it is still the day before.
    const abroad = await shop.newCompany({ timeZone: 'America/New_York' })
    const call = (method: string, path: string, body?: object) => shop.api(method, path, body, { as: abroad })
    const party = await call('POST', '/parties', { name: 'Abroad', roles: ['customer'] })
    const lines = [{ description: 'Rent', quantity: '1', unitPrice: '5' }]
    const there = await call('POST', '/invoices', { partyId: party.id, lines })
    const rent = await call('POST', `/invoices/${there.id}/schedules`, {
      every: 1,
      unit: 'day',
      firstDate: '2026-01-31',
      times: 1,
    })
    await at('2026-01-30T22:59:00Z')
    expect(await runs(made.id)).toEqual([])
    await Promise.all([0, 1, 2, 3].map(() => at('2026-01-30T23:00:00Z')))
    const [first, ...more] = await runs(made.id)
    expect(more).toEqual([])
    expect(first).toMatchObject({ date: '2026-01-31', state: 'made', reason: null })
    expect(await shop.api('GET', `/invoices/${first!.documentId}`)).toMatchObject({
      state: 'draft',
      date: '2026-01-31',
      reference: 'Contract 7',
      createdBy: 'schedule: Premium Computers',
      totals: { gross: '200' },
      lines: [{ description: 'Service of the month', quantity: '2', unitPrice: '100' }],
    })
    expect(await shop.api('GET', `/recurring?madeId=${first!.documentId}`)).toMatchObject({
      items: [{ id: made.id, made: 1, nextDate: '2026-02-28' }],
    })
    expect(
      (await shop.api('GET', `/audit?objectId=${sourceId}`)).items.map((item) => item['type']),
    ).toContain('invoice.repeated')
    expect((await call('GET', `/recurring/${rent.id}`))['made']).toBe(0)
    await at('2026-01-31T05:00:00Z')
    expect(await call('GET', `/recurring/${rent.id}`)).toMatchObject({
      made: 1,
      state: 'ended',
      nextDate: null,
    })
    // The last of three ends it.
    await at('2026-04-30T12:00:00Z')
    expect((await runs(made.id)).map(({ date }) => date)).toEqual(['2026-01-31', '2026-02-28', '2026-03-31'])
    expect(await schedule(made.id)).toMatchObject({ state: 'ended', nextDate: null, made: 3, dates: [] })
  })

  it('are there once when a process dies in the middle, and all after a time without a server', async () => {
    const { id } = await invoice()
    const each = await repeat(`/invoices/${id}`, {
      firstDate: '2026-02-01',
      unit: 'week',
      lastDate: '2026-02-28',
    })
    const last = await repeat(`/invoices/${id}`, { firstDate: '2026-02-01', unit: 'week', missed: 'last' })
    // It ends at the last statement before the commit, after the document was made.
    await shop.ownerDb.query(`
      create function die() returns trigger language plpgsql as $$ begin raise exception 'died'; end $$;
      create trigger die before update on recurring_runs for each row when (new.state = 'made') execute function die()`)
    await at('2026-02-01T00:00:00Z')
    await shop.ownerDb.query('drop function die cascade')
    expect((await runs(each.id)).map(({ state }) => state)).toEqual(['waiting'])
    const before = (await shop.api('GET', '/invoices/count'))['count'] as number
    await at('2026-02-01T00:05:00Z')
    await Promise.all([0, 1, 2].map(() => at('2026-02-01T00:05:00Z')))
    expect((await shop.api('GET', '/invoices/count'))['count']).toBe(before + 2)
    // Three Sundays without a server.
    await Promise.all([0, 1, 2].map(() => at('2026-02-23T08:00:00Z')))
    expect((await runs(each.id)).map(({ date, state }) => [date, state])).toEqual([
      ['2026-02-01', 'made'],
      ['2026-02-08', 'made'],
      ['2026-02-15', 'made'],
      ['2026-02-22', 'made'],
    ])
    expect((await runs(last.id)).map(({ date, state }) => [date, state])).toEqual([
      ['2026-02-01', 'made'],
      ['2026-02-08', 'skipped'],
      ['2026-02-15', 'skipped'],
      ['2026-02-22', 'made'],
    ])
    expect((await shop.api('GET', '/invoices/count'))['count']).toBe(before + 2 + 3 + 1)
    const days = await Promise.all(
      (await runs(each.id)).map(({ documentId }) => shop.api('GET', `/invoices/${documentId}`)),
    )
    expect(days.map((day) => day['date'])).toEqual(['2026-02-01', '2026-02-08', '2026-02-15', '2026-02-22'])
    expect(await schedule(each.id)).toMatchObject({ state: 'ended' })
    expect(await schedule(last.id)).toMatchObject({ nextDate: '2026-03-01' })
  })

  it('count and are mailed where that is wanted; what is left out and why is told', async () => {
    const draft = await shop.order([{ productId, quantity: '3' }], {
      orderDate: '2026-01-10',
      expectedDate: '2026-01-17',
    })
    const order = await repeat(`/sales-orders/${draft.id}`, {
      firstDate: '2026-02-28',
      make: 'post',
      prices: 'current',
    })
    const mailed = await repeat(`/invoices/${(await invoice('7')).id}`, {
      firstDate: '2026-02-28',
      make: 'mail',
      name: 'Rent',
    })
    await shop.api('PATCH', `/products/${productId}`, { salesPrice: '12.00' })
    await at('2026-02-28T12:00:00Z')
    const [made] = await runs(order.id)
    expect(await shop.api('GET', `/sales-orders/${made!.documentId}`)).toMatchObject({
      state: 'confirmed',
      number: expect.stringMatching(/^SO-2026-/),
      orderDate: '2026-02-28',
      expectedDate: '2026-03-07',
      lines: [{ unitPrice: '12' }],
    })
    const [sent] = await runs(mailed.id)
    expect(sent).toMatchObject({ state: 'made', reason: expect.stringContaining('It was not mailed: ') })
    expect(await shop.api('GET', `/invoices/${sent!.documentId}`)).toMatchObject({
      state: 'posted',
      totals: { gross: '14' },
    })
    expect((await told()).at(-1)).toMatch(/^“Rent” of 2026-02-28 was made\. It was not mailed: /)
    // With a server it goes out; with a rule that wants approval it stays a draft, and that is asked for.
    await shop.api('PATCH', '/mail-settings', {
      host: '127.0.0.1',
      port: 2525,
      security: 'none',
      internalAllowed: true,
      fromAddress: 'sales@crimson.example',
    })
    await shop.api('PATCH', `/parties/${shop.customerId}`, { email: 'books@premium.example' })
    const rule = await shop.api('POST', '/rules', {
      name: 'All orders',
      active: true,
      events: ['sales-order.confirmed'],
      actions: [{ do: 'ask-for-approval', role: 'owner' }],
      role: 'viewer',
    })
    await at('2026-03-28T12:00:00Z')
    const [, second] = await runs(mailed.id)
    expect(second).toMatchObject({ state: 'made', reason: null })
    expect((await shop.api('GET', `/mails?documentId=${second!.documentId}`)).items).toHaveLength(1)
    const [, held] = await runs(order.id)
    expect(held).toMatchObject({
      state: 'made',
      reason: 'It is a draft: it needs approval, which was asked for.',
    })
    expect(await shop.api('GET', `/approvals?documentId=${held!.documentId}`)).toMatchObject({
      items: [{ state: 'asked', askedByName: 'schedule: Premium Computers' }],
    })
    await shop.api('DELETE', `/rules/${rule.id}`)
  })

  it('that fail are told, tried again by themselves, and in the end by hand; never twice', async () => {
    const gone = await shop.product({ type: 'service' })
    const draft = await shop.order([{ productId: gone, quantity: '1' }])
    const made = await repeat(`/sales-orders/${draft.id}`, { firstDate: '2026-03-01', name: 'Weekly' })
    await shop.act(`/products/${gone}/archive`)
    await at('2026-03-01T06:00:00Z')
    const [first] = await runs(made.id)
    expect(first).toMatchObject({ state: 'waiting', attempts: 1, nextAt: '2026-03-01T06:01:00.000Z' })
    expect(await schedule(made.id)).toMatchObject({ problem: first!.reason, nextDate: '2026-04-01' })
    expect((await told()).at(-1)).toBe(
      `“Weekly” of 2026-03-01 was not made; it is tried again: ${first!.reason}`,
    )
    await at('2026-03-01T06:00:59Z')
    expect(await runs(made.id)).toMatchObject([{ attempts: 1 }])
    for (const moment of ['01T07:00', '01T08:00', '01T12:00', '02T12:00', '04T12:00'])
      await at(`2026-03-${moment}:00Z`)
    expect(await runs(made.id)).toMatchObject([{ state: 'failed', attempts: 6, nextAt: null }])
    expect((await told()).at(-1)).toContain('is not tried again')
    expect((await told()).filter((text) => text.startsWith('“Weekly”'))).toHaveLength(2)
    await shop.act(`/products/${gone}/unarchive`)
    await shop.act(`/recurring-runs/${first!.id}/again`)
    await Promise.all([0, 1].map(() => at('2026-03-05T12:00:00Z')))
    const [done] = await runs(made.id)
    expect(done).toMatchObject({ state: 'made', date: '2026-03-01' })
    expect(await shop.api('GET', `/sales-orders/${done!.documentId}`)).toMatchObject({
      orderDate: '2026-03-01',
    })
    await shop.api('POST', `/recurring-runs/${first!.id}/again`, undefined, { expect: 409 })
  })

  it('pause, go on without what passed meanwhile, are changed and end', async () => {
    const made = await repeat(`/invoices/${(await invoice()).id}`, { firstDate: '2026-01-20' })
    await shop.act(`/recurring/${made.id}/pause`)
    await shop.act(`/recurring/${made.id}/pause`, undefined, { expect: 409 })
    await at('2026-03-25T12:00:00Z')
    expect(await runs(made.id)).toEqual([])
    expect(await shop.act(`/recurring/${made.id}/resume`)).toMatchObject({
      nextDate: '2026-04-20',
      state: 'active',
    })
    const change = (body: object, more: object = {}) => shop.api('PATCH', `/recurring/${made.id}`, body, more)
    await change({ name: 'x' }, { ifMatch: 1, expect: 412 })
    await change({ lastDate: '2026-04-19' }, { expect: 422 })
    expect(await change({ lastDate: '2026-05-19', make: 'post', name: 'Support' })).toMatchObject({
      dates: ['2026-04-20'],
      make: 'post',
    })
    await at('2026-04-20T12:00:00Z')
    expect(await schedule(made.id)).toMatchObject({ state: 'ended', made: 1 })
    await change({ name: 'y' }, { expect: 409 })
    await shop.act(`/recurring/${made.id}/resume`, undefined, { expect: 409 })
    const { items } = await shop.api('GET', `/audit?objectId=${made.id}&sort=id`)
    expect(items.map((item) => item['type'])).toEqual([
      'recurring-schedule.created',
      'recurring-schedule.paused',
      'recurring-schedule.resumed',
      'recurring-schedule.changed',
    ])
  })

  it('are made by whoever may make such documents, and no further', async () => {
    const { id } = await invoice()
    const [seller, buyer, stock] = await Promise.all(
      (['sales', 'purchasing', 'warehouse'] as const).map((role) => shop.sessionAs(role)),
    )
    const body = { firstDate: '2026-02-01' }
    await repeat(`/invoices/${id}`, { ...body, make: 'post' }, { as: seller, expect: 403 })
    await repeat(`/invoices/${id}`, body, { as: buyer, expect: 403 })
    const made = await repeat(`/invoices/${id}`, body, { as: seller })
    await shop.api('PATCH', `/recurring/${made.id}`, { make: 'mail' }, { as: seller, expect: 403 })
    await shop.api('POST', `/recurring/${made.id}/end`, undefined, { as: buyer, expect: 403 })
    await shop.api('GET', `/recurring/${made.id}`, undefined, { as: stock, expect: 404 })
    const seen = (await shop.api('GET', '/recurring', undefined, { as: stock })).items
    expect([...new Set(seen.map((item) => item['kind']))]).toEqual(['sales-order'])
    await shop.api('GET', `/recurring/${made.id}`, undefined, { as: await shop.newCompany(), expect: 404 })
    for (const wrong of [
      { firstDate: '2026-01-09' },
      { ...body, lastDate: '2026-01-31' },
      { ...body, unit: 'week', day: 3 },
    ])
      await repeat(`/invoices/${id}`, wrong, { expect: 422 })
    // What was made of an order's advance belongs to that order.
    const order = await shop.order([{ productId, quantity: '2' }])
    await shop.act(`/sales-orders/${order.id}/confirm`)
    const advance = await shop.act(`/sales-orders/${order.id}/invoices`, { downPayment: { percent: '50' } })
    await repeat(`/invoices/${advance.id}`, body, { expect: 422 })
  })
})
