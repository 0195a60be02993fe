import { Webhook } from 'standardwebhooks'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { cleanUp, openSender, sendDue } from '../../src/automation/index.ts'
import { now, setClock } from '../../src/kernel/clock.ts'
import type { Answered } from '../support/api.ts'
import { type Shop, openShop } from '../support/shop.ts'
import { type Receiver, openReceiver } from './receiver.ts'

describe('webhooks', () => {
  let shop: Shop
  let receiver: Receiver
  const sender = openSender()
  const run = () => sendDue(shop.db, sender)
  const wait = (seconds: number) => setClock(new Date(now().getTime() + seconds * 1000))

  beforeAll(async () => {
    shop = await openShop()
  })
  afterAll(async () => {
    await sender.close()
    await shop.close()
  })
  beforeEach(async () => {
    receiver = await openReceiver()
  })
  afterEach(async () => {
    setClock(null)
    for (const { id } of (await shop.api('GET', '/webhooks')).items)
      await shop.api('DELETE', `/webhooks/${id}`)
    await receiver.close()
  })

  const subscribe = (events: string[], more: object = {}) =>
    shop.api<Answered & { secret: string }>('POST', '/webhooks', {
      name: 'Web shop',
      url: receiver.url,
      internalAllowed: true,
      events,
      ...more,
    })
  const deliveries = async (webhook: Answered, state?: string) =>
    (
      await shop.api<{ items: Record<string, unknown>[] }>(
        'GET',
        `/webhook-deliveries?webhookId=${webhook.id}&sort=id${state === undefined ? '' : `&state=${state}`}`,
      )
    ).items
  const types = () => receiver.received.map(({ body }) => body.type)

  it('send what happened, once, signed so that the receiver can tell', async () => {
    const webhook = await subscribe(['sales-order.*', 'party.created'])
    const productId = await shop.product()
    const order = await shop.order([{ productId, quantity: '2' }], { backOrders: true })
    await shop.act(`/sales-orders/${order.id}/confirm`)
    await run()
    await run()
    expect(types()).toEqual(['sales-order.created', 'sales-order.confirmed'])
    const [, confirmed] = receiver.received
    expect(confirmed!.body.data.object).toEqual({
      kind: 'sales-order',
      id: order.id,
      number: (await shop.api('GET', `/sales-orders/${order.id}`)).number,
    })
    const headers = confirmed!.headers as Record<string, string>
    expect(new Webhook(webhook.secret).verify(confirmed!.text, headers)).toEqual(confirmed!.body)
    expect(() => new Webhook(webhook.secret).verify(`${confirmed!.text} `, headers)).toThrow()
    expect(await deliveries(webhook)).toMatchObject([
      { type: 'sales-order.created', state: 'delivered', attempts: 1, lastStatus: 204, nextAt: null },
      { type: 'sales-order.confirmed', state: 'delivered', attempts: 1, lastStatus: 204, nextAt: null },
    ])
    const { secret: _, ...shown } = webhook
    expect(await shop.api('GET', `/webhooks/${webhook.id}`)).toEqual(shown)
  })

  it('keep the order of each document and let others pass while one waits', async () => {
    const webhook = await subscribe(['party.*'])
    const first = await shop.customer('First')
    await shop.api('PATCH', `/parties/${first}`, { name: 'First of all' })
    const second = await shop.customer('Second')
    receiver.answer(({ body }) => (body.data.object.id === first && receiver.received.length < 4 ? 503 : 204))
    await run()
    expect(receiver.received.map(({ body }) => [body.type, body.data.object.id])).toEqual([
      ['party.created', first],
      ['party.created', second],
    ])
    expect(await deliveries(webhook, 'waiting')).toMatchObject([
      { attempts: 1, lastStatus: 503, lastAnswer: 'no thanks' },
      { attempts: 0, lastStatus: null },
    ])
    wait(4)
    await run()
    expect(receiver.received).toHaveLength(2)
    wait(2)
    await run()
    wait(331)
    await run()
    expect(receiver.received.slice(2).map(({ body }) => body.type)).toEqual([
      'party.created',
      'party.created',
      'party.changed',
    ])
    const ids = receiver.received.map(({ headers }) => headers['webhook-id'])
    expect(ids[0]).toBe(ids[2])
    expect(ids[2]).toBe(ids[3])
    expect(await deliveries(webhook, 'waiting')).toEqual([])
  })

  it('are given up after three days; the receiver that never answered is left alone, and asked again on request', async () => {
    const webhook = await subscribe(['party.created'])
    const began = now().toISOString()
    receiver.answer(() => 500)
    await shop.customer('Nobody hears of')
    for (let attempt = 0; attempt < 10; attempt++) {
      await run()
      wait(27 * 3600)
    }
    expect(receiver.received).toHaveLength(10)
    expect(await deliveries(webhook)).toMatchObject([{ state: 'failed', attempts: 10, nextAt: null }])
    const paused = await shop.api('GET', `/webhooks/${webhook.id}`)
    expect(paused).toMatchObject({ active: false })
    expect(paused['pausedReason']).toBe(
      'Nothing was received for three days. The last time: It answered 500; only 200 to 299 count as received.',
    )
    receiver.answer(() => 200)
    await shop.api('PATCH', `/webhooks/${webhook.id}`, { active: true })
    expect(await shop.api('POST', `/webhooks/${webhook.id}/replay`, { from: began })).toEqual({ replayed: 1 })
    await run()
    expect(receiver.received).toHaveLength(11)
    expect(await shop.api('POST', `/webhooks/${webhook.id}/replay`, { from: began })).toEqual({ replayed: 0 })
    expect(await shop.api('GET', `/webhooks/${webhook.id}`)).toMatchObject({
      active: true,
      pausedReason: null,
    })
  })

  it('stop at once when the receiver says that it is gone', async () => {
    const webhook = await subscribe(['party.created'])
    receiver.answer(() => 410)
    await shop.customer('Gone')
    await run()
    expect(await shop.api('GET', `/webhooks/${webhook.id}`)).toMatchObject({
      active: false,
      pausedReason: 'The receiver answered 410: it wants nothing more.',
    })
    await shop.customer('Not sent')
    await run()
    expect(receiver.received).toHaveLength(1)
  })

  it('are sent by whoever comes next when a process dies in the middle', async () => {
    await subscribe(['party.created'])
    await shop.customer('Half sent')
    // The receiver has it, the sender dies before it can write that down.
    const dead = openSender()
    const dying = { ...dead, send: () => Promise.reject(new Error('killed')) }
    await expect(sendDue(shop.db, dying)).rejects.toThrow('killed')
    await dead.close()
    await run()
    expect(receiver.received).toHaveLength(0)
    wait(61)
    await run()
    expect(receiver.received).toHaveLength(1)
  })

  it('are sent once by several processes, and hold no transaction up', async () => {
    await subscribe(['party.created'])
    let slow = () => {}
    const held = new Promise<void>((resolve) => (slow = resolve))
    receiver.answer(async () => {
      await held
      return 200
    })
    const names = Array.from({ length: 30 }, (_, i) => `Customer ${i}`)
    await Promise.all(names.map((name) => shop.customer(name)))
    const running = Promise.all([run(), run(), run()])
    await Promise.all(names.map((name) => shop.customer(`Another ${name}`)))
    slow()
    await running
    await run()
    const sent = receiver.received.map(({ body }) => body.data.eventId)
    expect(sent).toHaveLength(60)
    expect(new Set(sent).size).toBe(60)
  })

  it('sign with the former secret too for a day', async () => {
    const webhook = await subscribe(['party.created'])
    const { secret } = await shop.api<{ secret: string }>('POST', `/webhooks/${webhook.id}/new-secret`)
    await shop.customer('Both')
    await run()
    wait(25 * 3600)
    await shop.customer('New only')
    await run()
    const [both, later] = receiver.received
    const verifies = ({ text, headers }: typeof both & object, by: string) => {
      const atThatTime = { ...(headers as Record<string, string>) }
      const date = new Date(Number(atThatTime['webhook-timestamp']) * 1000)
      const own = new Webhook(by).sign(atThatTime['webhook-id']!, date, text)
      return atThatTime['webhook-signature']!.split(' ').includes(own)
    }
    expect([webhook.secret, secret].map((by) => verifies(both!, by))).toEqual([true, true])
    expect([webhook.secret, secret].map((by) => verifies(later!, by))).toEqual([false, true])
  })

  it('can be tried out and repeated', async () => {
    const webhook = await subscribe(['invoice.posted'])
    const test = await shop.api('POST', `/webhooks/${webhook.id}/test`)
    const early = await shop.api('POST', `/webhook-deliveries/${test.id}/replay`, undefined, { expect: 409 })
    expect(early).toMatchObject({ code: 'still-waiting' })
    await run()
    expect(types()).toEqual(['webhook.tested'])
    await shop.api('POST', `/webhook-deliveries/${test.id}/replay`)
    await run()
    expect(receiver.received.map(({ headers }) => headers['webhook-id'])).toEqual(
      Array(2).fill(receiver.received[0]!.headers['webhook-id']),
    )
  })

  it('follow no redirect', async () => {
    const webhook = await subscribe(['party.created'])
    receiver.answer(() => 302)
    await shop.customer('Led away')
    await run()
    expect(receiver.received).toHaveLength(1)
    expect(await deliveries(webhook)).toMatchObject([{ state: 'waiting', lastStatus: 302 }])
  })

  describe('to internal addresses', () => {
    it.each([
      'https://127.0.0.1/',
      'https://127.1/',
      'https://2130706433/',
      'https://10.0.0.8/',
      'https://169.254.169.254/latest/meta-data',
      'https://100.64.0.1/',
      'https://0.0.0.0/',
      'https://[::1]/',
      'https://[::ffff:10.0.0.8]/',
      'https://[fd00::1]/',
      'https://[64:ff9b::a00:1]/',
      'https://localhost/',
      'https://shop.localhost/',
      'https://database/',
      'http://shop.example.com/',
      'https://user:password@shop.example.com/',
      'ftp://shop.example.com/',
      'shop.example.com',
    ])('%s is refused', async (url) => {
      const body = { name: 'Inside', url, events: ['*'] }
      const refused = await shop.api('POST', '/webhooks', body, { expect: 422 })
      expect(refused).toMatchObject({ errors: [{ pointer: '/url' }] })
    })

    it('are refused for a name that leads inside, when it is looked up', async () => {
      const url = `https://outside.example.com:${new URL(receiver.url).port}/`
      const webhook = await subscribe(['party.created'], { url, internalAllowed: false })
      await shop.customer('Led inside')
      const misled = openSender((_, __, done) => done(null, [{ address: '127.0.0.1', family: 4 }]))
      await sendDue(shop.db, misled)
      await misled.close()
      expect(await deliveries(webhook)).toMatchObject([
        {
          state: 'waiting',
          lastStatus: null,
          lastError:
            'outside.example.com is an internal address. Webhooks are sent there only where "internalAllowed" is set, for programs of your own.',
        },
      ])
      expect(receiver.received).toEqual([])
    })
  })

  it('want types of events that there can be', async () => {
    const body = { name: 'Odd', url: 'https://shop.example.com/', events: ['*.posted'] }
    const refused = await shop.api('POST', '/webhooks', body, { expect: 400 })
    expect(refused).toMatchObject({ errors: [{ pointer: '/events/0' }] })
    const misspelt = async (type: string) => {
      const { detail } = await shop.api<{ detail: string }>(
        'POST',
        '/webhooks',
        { ...body, events: ['*', type] },
        { expect: 422 },
      )
      return detail
    }
    expect(await misspelt('invoice.payed')).toContain(
      "no event 'invoice.payed'. Of invoice there are: created,",
    )
    expect(await misspelt('invoices.*')).toContain("no events of 'invoices'. There are of: sales-order,")
  })

  it('are kept for thirty days', async () => {
    const webhook = await subscribe(['party.created'])
    await shop.customer('Old')
    await run()
    wait(29 * 86_400)
    await cleanUp(shop.db)
    expect(await deliveries(webhook)).toHaveLength(1)
    wait(2 * 86_400)
    await cleanUp(shop.db)
    expect(await deliveries(webhook)).toHaveLength(0)
  })

  it('cost nothing and keep nothing where nobody listens', async () => {
    await shop.customer('Unheard')
    const { rows } = await shop.ownerDb.query('select from event_queue')
    expect(rows).toHaveLength(0)
  })
})
