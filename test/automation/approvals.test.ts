import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { lookForRules, runRules } from '../../src/automation/index.ts'
import type { Answered } from '../support/api.ts'
import type { Caller } from '../support/companies.ts'
import { type Shop, openShop } from '../support/shop.ts'

interface Offered {
  readonly actions: readonly {
    name: string
    allowed: boolean
    reason: { code: string; message: string } | null
  }[]
}

describe('approvals', () => {
  let shop: Shop
  let productId: string
  let seller: Caller
  let accountant: Caller
  let owner: Caller

  beforeAll(async () => {
    shop = await openShop({ company: { backOrders: true } })
    productId = await shop.product({ purchasePrice: '5.00' })
    seller = await shop.sessionAs('sales')
    accountant = await shop.sessionAs('accounting')
    owner = await shop.sessionAs('owner')
  })
  afterAll(() => shop.close())
  afterEach(async () => {
    for (const { id, ...rule } of (await shop.api('GET', '/rules')).items)
      if (rule['recipe'] === null) await shop.api('DELETE', `/rules/${id}`)
    await shop.api('PATCH', '/recipes/approve-before', { active: false })
  })

  const before = (events: string[], condition = '', role = 'accounting') =>
    shop.api('POST', '/rules', {
      name: 'Big discount',
      active: true,
      events,
      condition,
      actions: [{ do: 'ask-for-approval', role }],
      role: 'viewer',
    })
  const discounted = 'document.lines.exists(l, l.discountPercent > 10)'
  const order = (discountPercent: string, head: object = {}, as: Caller = seller): Promise<Answered> => {
    const lines = [{ productId, quantity: '1', discountPercent }]
    return shop.api('POST', '/sales-orders', { partyId: shop.customerId, ...head, lines }, { as })
  }
  const action = async (path: string, name: string, as: Caller = seller) =>
    (await shop.api<Offered>('GET', path, undefined, { as })).actions.find((each) => each.name === name)
  const ask = async (path: string, as: Caller = seller, comment?: string): Promise<Answered[]> =>
    (await shop.api('POST', `${path}/ask-for-approval`, { comment }, { as })).items as Answered[]
  const told = async (as: Caller): Promise<string[]> =>
    (
      await shop.api<{ items: { text: string }[] }>('GET', '/notices?unread=true', undefined, { as })
    ).items.map(({ text }) => text)

  it('show in every answer that makes or changes a draft, without an Idempotency-Key too', async () => {
    // The party is looked up for the condition, and only once the rules are known.
    const speaksOfParty = "party.name != ''"
    await before(
      ['sales-order.confirmed', 'delivery-note.posted', 'invoice.posted', 'purchase-order.confirmed'],
      speaksOfParty,
    )
    const bare = { as: shop.owner, key: null }
    const held = (answer: Answered): void =>
      expect((answer as unknown as Offered).actions).toContainEqual(
        expect.objectContaining({ name: 'ask-for-approval', allowed: true }),
      )
    const lines = [{ productId, quantity: '1', unitPrice: '5.00' }]
    held(await shop.api('POST', '/purchase-orders', { partyId: shop.vendorId, lines }, bare))
    held(await shop.api('POST', '/invoices', { partyId: shop.customerId, lines }, bare))
    const sale = await shop.api('POST', '/sales-orders', { partyId: shop.customerId, lines }, bare)
    held(sale)
    const changed = { ...bare, ifMatch: sale['version'] as number }
    held(await shop.api('PATCH', `/sales-orders/${sale.id}`, { notes: 'Soon.' }, changed))
    held(
      await shop.api(
        'POST',
        '/delivery-notes',
        { partyId: shop.customerId, lines: [{ productId, quantity: '1' }] },
        bare,
      ),
    )
  })

  it('hold a draft up until somebody with the role has said yes, and everybody sees why', async () => {
    await before(['sales-order.confirmed'], discounted)
    const small = await order('10')
    expect(await action(`/sales-orders/${small.id}`, 'ask-for-approval')).toBeUndefined()
    await shop.api('POST', `/sales-orders/${small.id}/confirm`, undefined, { as: seller })

    const big = await order('20')
    const path = `/sales-orders/${big.id}`
    const message =
      'This needs the approval of someone with the role accounting (Big discount). Ask for approval.'
    expect(await action(path, 'confirm')).toEqual({
      name: 'confirm',
      allowed: false,
      reason: { code: 'needs-approval', message, links: [] },
    })
    expect(await action(path, 'ask-for-approval')).toMatchObject({ allowed: true })
    const tried = await shop.api('POST', `${path}/ask-for-approval?preview=true`, undefined, {
      as: seller,
      expect: 200,
    })
    expect(tried.items).toHaveLength(1)
    expect((await shop.api('GET', `/approvals?documentId=${big.id}`)).items).toEqual([])
    // Whoever it is, and whether it is tried out or done.
    for (const [as, address] of [
      [seller, `${path}/confirm`],
      [seller, `${path}/confirm?preview=true`],
      [owner, `${path}/confirm`],
      [shop.owner, `${path}/confirm`],
    ] as const)
      expect(await shop.api('POST', address, undefined, { as, expect: 409 })).toMatchObject({
        code: 'needs-approval',
        detail: message,
        approvals: [{ rule: 'Big discount', role: 'accounting', state: 'none' }],
      })

    const [asked] = await ask(path, seller, 'They buy every month.')
    expect(asked).toMatchObject({
      state: 'asked',
      role: 'accounting',
      party: 'Premium Computers',
      amount: '8',
    })
    await shop.api('POST', `${path}/ask-for-approval`, {}, { as: seller, expect: 409 })
    expect(await told(accountant)).toEqual([
      'Waits for approval: Premium Computers, 8 USD (Big discount). Asked by Test sales.',
    ])
    expect(await told(owner)).toEqual([])
    const waiting = async (as: Caller) =>
      (await shop.api('GET', '/approvals?state=asked&forMe=true', undefined, { as })).items.map(
        ({ id }) => id,
      )
    expect(await waiting(accountant)).toEqual([asked!.id])
    expect(await waiting(owner)).toEqual([asked!.id])
    expect(await waiting(seller)).toEqual([])
    expect(
      await shop.api('GET', '/approvals/count?state=asked&forMe=true', undefined, { as: accountant }),
    ).toEqual({
      count: 1,
      capped: false,
    })

    // Not by whoever asked, another of a role that was not asked, a key, or a role that may not see it.
    const approve = `/approvals/${asked!.id}/approve`
    for (const as of [seller, await shop.sessionAs('viewer'), shop.owner])
      await shop.api('POST', approve, {}, { as, expect: 403 })
    const stranger = await shop.newCompany()
    await shop.api('POST', approve, {}, { as: stranger, expect: 404 })
    expect(await shop.api('POST', approve, { comment: 'Fine.' }, { as: accountant })).toMatchObject({
      state: 'given',
      decidedByName: 'Test accounting',
      answer: 'Fine.',
      mayDecide: false,
    })
    await shop.api('POST', approve, {}, { as: owner, expect: 409 })
    expect(await told(seller)).toEqual([
      'Approved: Premium Computers, 8 USD (Big discount), Test accounting. Fine.',
    ])
    expect(await action(path, 'confirm')).toMatchObject({ allowed: true })
    expect(await action(path, 'ask-for-approval')).toMatchObject({ reason: { code: 'approved' } })
    await shop.api('POST', `${path}/confirm`, undefined, { as: seller })
    const { items } = await shop.api('GET', `/audit?objectId=${big.id}&sort=id`)
    expect(
      items.map((item) => [item['type'], item['reason'], (item['actor'] as Caller & Answered).name]),
    ).toEqual([
      ['sales-order.created', null, 'Test sales'],
      ['approval.asked', 'They buy every month.', 'Test sales'],
      ['approval.given', 'Fine.', 'Test accounting'],
      ['sales-order.confirmed', null, 'Test sales'],
    ])
    expect(await shop.api('GET', `/approvals?documentId=${big.id}`)).toMatchObject({
      items: [{ state: 'given', documentNumber: expect.stringMatching(/^SO-/) }],
    })
    // It stands before the event, and is no reaction to it.
    await runRules(shop.db)
    expect((await shop.api('GET', '/rule-runs')).items).toEqual([])
  })

  it('are of one version: a change withdraws question and answer', async () => {
    await before(['sales-order.confirmed'], discounted)
    const path = `/sales-orders/${(await order('20')).id}`
    const [first] = await ask(path)
    await shop.api('PATCH', path, { notes: 'More of it' }, { as: seller })
    expect(
      await shop.api('POST', `/approvals/${first!.id}/approve`, {}, { as: accountant, expect: 409 }),
    ).toMatchObject({ code: 'changed-since' })
    expect(await shop.api('GET', `/approvals/${first!.id}`)).toMatchObject({ state: 'withdrawn' })
    const [second] = await ask(path)
    await shop.api('POST', `/approvals/${second!.id}/approve`, {}, { as: accountant })
    await shop.api(
      'PATCH',
      path,
      { lines: [{ productId, quantity: '1', discountPercent: '90' }] },
      { as: seller },
    )
    expect(await action(path, 'confirm')).toMatchObject({ reason: { code: 'needs-approval' } })
    await shop.api('POST', `${path}/confirm`, undefined, { as: seller, expect: 409 })
    expect((await shop.api('GET', `/approvals?state=given&documentId=${path.split('/')[2]}`)).items).toEqual(
      [],
    )
    // Refused: the reason stands where the action is, and it can be asked again.
    const [third] = await ask(path)
    await shop.api('POST', `/approvals/${third!.id}/refuse`, { comment: 'Too much.' }, { as: owner })
    expect((await action(path, 'confirm'))!.reason!.message).toContain('Test owner refused it: Too much.')
    expect(await told(seller)).toContain(
      'Approval refused: Premium Computers, 1 USD (Big discount), Test owner. Too much.',
    )
    const [fourth] = await ask(path)
    await shop.api('DELETE', path, undefined, { as: seller })
    expect(await shop.api('GET', `/approvals/${fourth!.id}`)).toMatchObject({ state: 'withdrawn' })
    await shop.api('POST', `/approvals/${fourth!.id}/approve`, {}, { as: accountant, expect: 404 })
  })

  it('never let through what nobody approved of, however approve, edit and confirm meet', async () => {
    await before(['sales-order.confirmed'], discounted)
    const ends = await Promise.all(
      Array.from({ length: 12 }, async () => {
        const { id } = await order('20')
        const path = `/sales-orders/${id}`
        const [asked] = await ask(path)
        const lines = [{ productId, quantity: '1', discountPercent: '90' }]
        const race = [
          () => shop.send('POST', `/approvals/${asked!.id}/approve`, {}, { as: accountant }),
          () => shop.send('PATCH', path, { lines }, { as: seller }),
          () => shop.send('POST', `${path}/confirm`, undefined, { as: seller }),
          () => shop.send('POST', `${path}/confirm`, undefined, { as: owner }),
        ]
        const answers = await Promise.all(race.map((each) => each()))
        for (const { status } of answers) expect([200, 409]).toContain(status)
        await shop.send('POST', `${path}/confirm`, undefined, { as: seller })
        return shop.api('GET', path)
      }),
    )
    for (const { state, lines, actions } of ends) {
      if (lines[0]!['discountPercent'] === '90')
        expect(actions.find(({ name }) => name === 'confirm')).toMatchObject({
          allowed: false,
          reason: { code: 'needs-approval' },
        })
      expect([state, lines[0]!['discountPercent']]).toEqual(
        state === 'confirmed' ? ['confirmed', '20'] : ['draft', '90'],
      )
    }
  })

  it('hold up whatever makes a document count: a rule, made and posted at once, goods and bills', async () => {
    await before(['sales-order.confirmed', 'delivery-note.posted', 'invoice.posted'], '', 'owner')
    await shop.api('POST', '/rules', {
      name: 'Confirm all',
      active: true,
      events: ['sales-order.created'],
      actions: [{ do: 'act', action: 'confirm' }],
      role: 'sales',
    })
    const { id } = await order('0')
    await runRules(shop.db)
    expect((await shop.api('GET', `/rule-runs?objectId=${id}`)).items).toMatchObject([
      {
        state: 'skipped',
        reason: expect.stringContaining('needs the approval of someone with the role owner'),
      },
    ])
    const [asked] = await ask(`/sales-orders/${id}`)
    // The owner may answer for himself too: in a company of one nobody else could.
    await shop.api('POST', `/approvals/${asked!.id}/approve`, {}, { as: owner })
    await shop.act(`/sales-orders/${id}/confirm`)
    await shop.stock(productId, '100')
    await shop.api('POST', `/sales-orders/${id}/delivery-notes`, { post: true }, { expect: 409 })
    await shop.api('POST', `/sales-orders/${id}/invoices`, { post: true }, { expect: 409 })
    expect(await shop.api('GET', `/sales-orders/${id}`)).toMatchObject({ links: [], invoicing: 'none' })
    const note = await shop.act(`/sales-orders/${id}/delivery-notes`)
    const [ofNote] = await ask(`/delivery-notes/${note.id}`, owner)
    await shop.api('POST', `/approvals/${ofNote!.id}/approve`, {}, { as: owner })
    await shop.act(`/delivery-notes/${note.id}/post`)
    // One's own question, where one is no owner.
    await before(['bill.posted'], '', 'accounting')
    const bill = await shop.api('POST', '/bills', {
      partyId: shop.vendorId,
      lines: [{ description: 'Rent', quantity: '1', unitPrice: '100' }],
    })
    const [own] = await ask(`/bills/${bill.id}`, accountant)
    expect(own).toMatchObject({ mayDecide: false })
    await shop.api('POST', `/approvals/${own!.id}/approve`, {}, { as: accountant, expect: 403 })
    const colleague = await shop.sessionAs('accounting')
    expect(await told(colleague)).toEqual([])
    await shop.api('POST', `/approvals/${own!.id}/approve`, {}, { as: colleague })
    await shop.act(`/bills/${bill.id}/post`)
  })

  it('come by one switch: discounts above a limit, purchases above an amount in the company’s currency', async () => {
    const on = (parameters: object, expect = 200) =>
      shop.api('PATCH', '/recipes/approve-before', { active: true, parameters }, { expect })
    await on({ approver: 'warehouse' }, 400)
    await on({ percent: '101' }, 422)
    await on({ percent: '15', amount: '1000', approver: 'accounting' })
    const needs = async (path: string, name: string) =>
      (await action(path, name, shop.owner))!.reason?.code === 'needs-approval'
    const sold = async (...asked: Parameters<typeof order>) =>
      needs(`/sales-orders/${(await order(...asked)).id}`, 'confirm')
    expect(await sold('15')).toBe(false)
    expect(await sold('15.01')).toBe(true)
    // 10% of the line and 6% of the whole are 15.4% together; so is an amount.
    expect(await sold('10', { discountPercent: '5' })).toBe(false)
    expect(await sold('10', { discountPercent: '6' })).toBe(true)
    expect(await sold('0', { discountAmount: '1.5' })).toBe(false)
    expect(await sold('0', { discountAmount: '1.51' })).toBe(true)
    const bought = async (unitPrice: string, head: object = {}) => {
      const lines = [{ productId, quantity: '100', unitPrice }]
      return shop.api('POST', '/purchase-orders', { partyId: shop.vendorId, ...head, lines })
    }
    expect(await needs(`/purchase-orders/${(await bought('10')).id}`, 'confirm')).toBe(false)
    const big = await bought('10.01')
    expect(await needs(`/purchase-orders/${big.id}`, 'confirm')).toBe(true)
    const euro = { currency: 'EUR', exchangeRate: '0.5' }
    expect(await needs(`/purchase-orders/${(await bought('19', euro)).id}`, 'confirm')).toBe(false)
    expect(await needs(`/purchase-orders/${(await bought('21', euro)).id}`, 'confirm')).toBe(true)
    // A bill of an order that was approved is not asked for again; one by hand is.
    const [asked] = await ask(`/purchase-orders/${big.id}`, shop.owner)
    await shop.api('POST', `/approvals/${asked!.id}/approve`, {}, { as: accountant })
    await shop.act(`/purchase-orders/${big.id}/confirm`)
    // What was approved does not grow afterwards, and what needed nobody's yes does not come to need it.
    const [line] = big.lines
    const amend = (id: string, change: object, expect: number) =>
      shop.api('POST', `/purchase-orders/${id}/amend`, change, { expect })
    const bigger = { lines: [{ id: line!.id, quantity: '101' }] }
    expect(await amend(big.id, bigger, 409)).toMatchObject({ code: 'needs-approval' })
    await amend(big.id, { notes: 'At the back door' }, 200)
    await amend(big.id, { lines: [{ id: line!.id, quantity: '99.95' }] }, 200)
    const fitting = await bought('10')
    await shop.act(`/purchase-orders/${fitting.id}/confirm`)
    await amend(fitting.id, { lines: [{ id: fitting.lines[0]!.id, unitPrice: '10.01' }] }, 409)
    const ofOrder = await shop.act(`/purchase-orders/${big.id}/bills`)
    expect(await needs(`/bills/${ofOrder.id}`, 'post')).toBe(false)
    const lines = [{ description: 'Machine', quantity: '1', unitPrice: '1001' }]
    const byHand = await shop.api('POST', '/bills', { partyId: shop.vendorId, lines })
    expect(await needs(`/bills/${byHand.id}`, 'post')).toBe(true)
    await shop.api('PATCH', '/recipes/approve-before', { active: false })
    await shop.act(`/bills/${byHand.id}/post`)
    await lookForRules(shop.db)
  })

  it('are refused as rules where they could not work, and hold up what cannot be decided', async () => {
    const refused = async (fields: object, pointer: string) =>
      expect(
        await shop.api(
          'POST',
          '/rules',
          {
            name: 'x',
            events: ['invoice.posted'],
            actions: [{ do: 'ask-for-approval', role: 'owner' }],
            role: 'viewer',
            ...fields,
          },
          { expect: 422 },
        ),
      ).toMatchObject({ errors: [{ pointer }] })
    await refused({ events: ['invoice.*'] }, '/events/0')
    await refused({ events: ['payment.posted'] }, '/events/0')
    await refused({ events: [], look: 'overdue-invoices', lookEvery: 'day' }, '/actions/0/do')
    await refused({ actions: [{ do: 'ask-for-approval' }] }, '/actions/0/role')
    await refused({ actions: [{ do: 'ask-for-approval', role: 'warehouse' }] }, '/actions/0/role')
    await refused({ actions: [{ do: 'mail' }, { do: 'ask-for-approval', role: 'owner' }] }, '/actions/1/do')
    await refused({ condition: 'event.actor.name == "x"' }, '/condition')
    await before(['sales-order.confirmed'], 'document.nothing.here > 1 && party.name != "source"', 'owner')
    const { id } = await order('0')
    await shop.api('POST', `/sales-orders/${id}/confirm`, undefined, { expect: 409 })
  })
})
