import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { lookForRules, runRules } from '../../src/automation/index.ts'
import { now, setClock } from '../../src/kernel/clock.ts'
import type { Answered } from '../support/api.ts'
import { type Shop, openShop } from '../support/shop.ts'

interface Run {
  readonly id: string
  readonly state: string
  readonly reason: string
  readonly results: readonly { do: string; done: boolean; text: string; kind?: string; id?: string }[]
  readonly eventType: string | null
}

describe('rules', () => {
  let shop: Shop
  let productId: string

  beforeAll(async () => {
    shop = await openShop()
    productId = await shop.product()
    await shop.stock(productId, '1000')
  })
  afterAll(() => shop.close())
  afterEach(async () => {
    setClock(null)
    for (const { id } of (await shop.api('GET', '/rules')).items) await shop.api('DELETE', `/rules/${id}`)
  })

  const rule = (fields: object) =>
    shop.api('POST', '/rules', { name: 'Test', active: true, role: 'owner', ...fields })
  const confirmed = async (quantity = '1', head: object = {}): Promise<Answered> => {
    const order = await shop.order([{ productId, quantity }], head)
    return shop.act(`/sales-orders/${order.id}/confirm`)
  }
  const runs = async (filter: string): Promise<readonly Run[]> =>
    (await shop.api<{ items: Run[] }>('GET', `/rule-runs?${filter}&sort=createdAt`)).items
  const made = async (kind: string, order: Answered): Promise<Answered[]> => {
    const { links } = await shop.api<{ links: Answered[] }>('GET', `/sales-orders/${order.id}`)
    return links.filter((link) => link['kind'] === kind)
  }

  const deliver = {
    events: ['sales-order.confirmed'],
    condition: 'document.totals.gross > 100 && party.name.startsWith("Premium")',
    actions: [{ do: 'follow-up', make: 'delivery-notes' }],
    role: 'sales',
  }

  it('do what they say when the condition holds, and the log says why; two at once and again do it once', async () => {
    const made1 = await rule(deliver)
    const small = await confirmed('10')
    const big = await confirmed('10.5')
    await Promise.all([runRules(shop.db), runRules(shop.db), runRules(shop.db)])
    await runRules(shop.db)
    expect(await made('delivery-note', small)).toEqual([])
    expect(await made('delivery-note', big)).toMatchObject([{ state: 'draft' }])
    expect(await runs(`ruleId=${made1.id}`)).toMatchObject([
      { state: 'skipped', reason: expect.stringContaining('the condition does not hold') },
      {
        state: 'done',
        eventType: 'sales-order.confirmed',
        reason: expect.stringMatching(/^sales-order.confirmed by .*; document.totals.gross > 100/),
        results: [{ do: 'follow-up', done: true, kind: 'delivery-note' }],
      },
    ])
    const [{ id }] = (await made('delivery-note', big)) as [Answered]
    const { items } = await shop.api('GET', `/audit?objectId=${id}`)
    expect(items).toMatchObject([
      { type: 'delivery-note.created', actor: { type: 'system', name: 'rule: Test' } },
    ])
  })

  it('have done nothing when they die in the middle, and then do it once', async () => {
    await rule({ ...deliver, condition: '', actions: [...deliver.actions, { do: 'act', action: 'close' }] })
    const order = await confirmed()
    // The connection breaks at the last statement before the commit, after all that the rule did.
    await shop.ownerDb.query(`
      create function die() returns trigger language plpgsql as $$
        begin perform pg_terminate_backend(pg_backend_pid()); return new; end $$;
      create trigger die before update on rule_runs for each row when (new.state = 'done') execute function die()`)
    await runRules(shop.db).catch(() => {})
    await shop.ownerDb.query('drop function die cascade')
    expect(await made('delivery-note', order)).toEqual([])
    setClock(new Date(now().getTime() + 5000))
    await runRules(shop.db)
    expect(await made('delivery-note', order)).toHaveLength(1)
    expect(await shop.api('GET', `/sales-orders/${order.id}`)).toMatchObject({ state: 'closed' })
  })

  it('cannot loop: not over themselves, not over one another', async () => {
    const set = (value: string) => ({
      events: ['sales-order.changed', 'sales-order.created'],
      actions: [{ do: 'change', field: 'notes', value }],
      role: 'sales',
    })
    const a = await rule({ name: 'A', ...set('a {document.version}') })
    const b = await rule({ name: 'B', ...set('b {document.version}') })
    const order = await shop.order([{ productId, quantity: '1' }])
    await runRules(shop.db)
    const all = [...(await runs(`ruleId=${a.id}`)), ...(await runs(`ruleId=${b.id}`))]
    expect(all.filter((run) => run.state === 'done')).toHaveLength(4)
    expect(all.filter((run) => run.state === 'waiting')).toEqual([])
    expect(all.map((run) => run.reason)).toContain(
      'This rule led to the event itself. A rule does not react to what it caused.',
    )
    // Six different ones in a row: the sixth is not begun.
    await shop.api('DELETE', `/rules/${a.id}`)
    await shop.api('DELETE', `/rules/${b.id}`)
    for (let i = 0; i < 6; i++)
      await rule({
        name: `Step ${i}`,
        events: ['sales-order.changed'],
        condition: `event.after.notes == "${i}"`,
        actions: [{ do: 'change', field: 'notes', value: `${i + 1}` }],
        role: 'sales',
      })
    await shop.api('PATCH', `/sales-orders/${order.id}`, { notes: '0' })
    await runRules(shop.db)
    expect(await shop.api('GET', `/sales-orders/${order.id}`)).toMatchObject({ notes: '5' })
    expect((await runs(`objectId=${order.id}`)).at(-1)).toMatchObject({
      state: 'skipped',
      reason: expect.stringContaining('5 rules have set one another off'),
    })
  })

  it('may do what their role may, and no more; what failed is tried again on request', async () => {
    const made1 = await rule({ ...deliver, condition: '', role: 'accounting' })
    const order = await confirmed()
    await runRules(shop.db)
    const [run] = await runs(`objectId=${order.id}`)
    expect(run).toMatchObject({
      state: 'failed',
      reason:
        'A rule with the role accounting may not do this (delivery-note:write). Give the rule another role.',
    })
    await shop.api('PATCH', `/rules/${made1.id}`, { role: 'sales' })
    await shop.api('POST', `/rule-runs/${run!.id}/again`)
    await runRules(shop.db)
    expect(await made('delivery-note', order)).toHaveLength(1)
    await shop.api('POST', `/rule-runs/${run!.id}/again`, undefined, { expect: 409 })
    await shop.api(
      'POST',
      '/rules',
      { name: 'X', ...deliver },
      { as: await shop.signInAs('sales'), expect: 403 },
    )
  })

  it('leave out what a document does not offer, and say so', async () => {
    await rule({ events: ['sales-order.created'], actions: [{ do: 'act', action: 'close' }], role: 'sales' })
    const order = await shop.order([{ productId, quantity: '1' }])
    await runRules(shop.db)
    expect(await runs(`objectId=${order.id}`)).toMatchObject([
      {
        state: 'skipped',
        reason: expect.stringMatching(/This sales order is draft; this needs it to be confirmed\.$/),
        results: [{ do: 'act', done: false }],
      },
    ])
  })

  it('are tried on what happened before they are switched on', async () => {
    const since = new Date(now().getTime() - 3_600_000).toISOString()
    await confirmed('50')
    const { active: _, ...tried } = { name: 'Try', active: false, ...deliver, condition: '' }
    const rows = {
      match: 'all',
      rows: [{ field: 'document.totals.gross', operator: 'at-least', value: '500.00' }],
    }
    const answer = await shop.api<{ looked: number; matched: number; items: { would: string[] }[] }>(
      'POST',
      '/rules/dry-run',
      { rule: { ...tried, conditionRows: rows }, since },
    )
    expect(answer.matched).toBe(1)
    expect(answer.looked).toBeGreaterThan(1)
    expect(answer.items[0]!.would[0]).toMatch(/^Make a draft of delivery notes from sales order SO-/)
    expect(await made('delivery-note', (await shop.api('GET', '/sales-orders?limit=1')).items[0]!)).toEqual(
      [],
    )
  })

  it('look by the clock, and find each document once', async () => {
    const person = await shop.sessionAs('accounting')
    await rule({
      look: 'overdue-invoices',
      lookEvery: 'hour',
      condition: 'document.openAmount > 5',
      actions: [
        {
          do: 'notify',
          to: 'role',
          role: 'accounting',
          text: '{document.number}: {document.openAmount} {document.currency} of {party.name} is overdue',
        },
      ],
      role: 'accounting',
    })
    const order = await confirmed('3')
    await shop.act(`/sales-orders/${order.id}/invoices`, { post: true })
    const seen = async () => (await shop.api('GET', '/notices', undefined, { as: person })).items
    const look = async () => {
      await lookForRules(shop.db)
      await runRules(shop.db)
    }
    await look()
    expect(await seen()).toEqual([])
    setClock(new Date(now().getTime() + 40 * 86_400_000))
    await look()
    await look()
    setClock(new Date(now().getTime() + 2 * 3_600_000))
    await look()
    const notices = await seen()
    expect(notices).toMatchObject([
      {
        text: expect.stringMatching(/^INV-.*: 30(\.00)? USD of Premium Computers is overdue$/),
        readAt: null,
      },
    ])
    await shop.api('POST', '/notices/read', { upTo: notices[0]!['createdAt'] }, { as: person })
    expect((await shop.api('GET', '/notices?unread=true', undefined, { as: person })).items).toEqual([])
  })

  it('refuse what could never work, and name it', async () => {
    const refuse = async (fields: object, detail: RegExp) => {
      const answer = await shop.api<{ detail: string }>(
        'POST',
        '/rules',
        { name: 'Bad', ...deliver, ...fields },
        { expect: 422 },
      )
      expect(answer.detail).toMatch(detail)
    }
    await refuse({ condition: 'document.total >' }, /does not work/)
    await refuse({ condition: 'invoice.total > 1' }, /Unknown variable: invoice/)
    await refuse({ condition: '1 + 1' }, /true or false/)
    await refuse({ condition: 'document.number.matches("(a+)+$")' }, /"matches" is not offered/)
    await refuse(
      { condition: 'document.lines.exists(a, document.lines.exists(b, document.lines.exists(c, true)))' },
      /inside one another/,
    )
    await refuse({ condition: Array(320).fill('true').join('||') }, /./)
    await refuse({ actions: [{ do: 'follow-up', make: 'gifts' }] }, /delivery-notes/)
    await refuse({ events: [] }, /at least one type/)
    await refuse({ events: ['sales-order.confirm'] }, /no event 'sales-order.confirm'/)
    await refuse(
      { actions: [{ do: 'notify', to: 'role', role: 'sales', text: '{document.}' }] },
      /does not work/,
    )
  })
})
