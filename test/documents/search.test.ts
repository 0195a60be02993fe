import { afterAll, beforeAll, expect, it } from 'vitest'
import { type TestApp, startTestApp } from '../support/test-app.ts'

let app: TestApp
beforeAll(async () => {
  app = await startTestApp()
})
afterAll(() => app.close())

it('the palette shows the very code first, before what has no barcode or code at all', async () => {
  await app.api('POST', '/products', { sku: 'A-471', name: 'Lamp with a 471 bulb' })
  await app.api('POST', '/products', { sku: '471', name: 'Shade' })
  await app.api('POST', '/parties', { name: '471 Street Coffee', roles: ['customer'] })
  await app.api('POST', '/parties', { name: 'Lights 471', roles: ['customer'], code: '471' })
  const { items } = await app.api('GET', '/search?q=471')
  expect(items.map(({ label, exact }) => [label, exact])).toEqual([
    ['471', true],
    ['Lights 471', true],
    ['A-471', false],
    ['471 Street Coffee', false],
  ])
})

it('the palette shows the very name before the many that hold its words', async () => {
  for (let n = 1; n <= 9; n++)
    await app.api('POST', '/parties', { name: `Kiosk ${n}17`, roles: ['customer'] })
  await app.api('POST', '/parties', { name: 'Kiosk 17', roles: ['customer'] })
  for (let n = 1; n <= 9; n++) await app.api('POST', '/products', { sku: `M-${n}17`, name: `Mug ${n}17` })
  await app.api('POST', '/products', { sku: 'M-17', name: 'Mug 17' })
  const first = async (q: string) => (await app.api('GET', `/search?q=${encodeURIComponent(q)}`)).items[0]!
  expect(await first('kiosk 17')).toMatchObject({ label: 'Kiosk 17', exact: false })
  expect(await first('Mug 17')).toMatchObject({ label: 'M-17', detail: 'Mug 17', exact: false })
})

it('documents are found by the beginning of their number, by its count, and by the reference of the other side', async () => {
  const customer = await app.api('POST', '/parties', { name: 'Łódź Lights', roles: ['customer'] })
  const product = await app.api('POST', '/products', {
    sku: 'P-1',
    name: 'Plug',
    type: 'service',
    unit: 'pcs',
  })
  const order = async (reference: string | null) => {
    const made = await app.api('POST', '/sales-orders', {
      partyId: customer.id,
      reference,
      lines: [{ productId: product.id, quantity: '1', unitPrice: '1' }],
    })
    return app.api('POST', `/sales-orders/${made.id}/confirm`)
  }
  const orders = []
  for (const reference of ['Ref/77-B', null, 'Early spring']) orders.push(await order(reference))
  const [first, second, third] = orders.map(({ number }) => number as string)
  const draft = await app.api('POST', '/sales-orders', {
    partyId: customer.id,
    reference: 'waits 88x',
    lines: [{ productId: product.id, quantity: '1', unitPrice: '1' }],
  })

  const palette = async (q: string) =>
    (await app.api('GET', `/search?only=documents&q=${encodeURIComponent(q)}`)).items.map(
      ({ label }) => label,
    )
  const list = async (q: string) =>
    (await app.api('GET', `/sales-orders?q=${encodeURIComponent(q)}`)).items.map(({ number }) => number)
  const count = async (q: string) =>
    (await app.api('GET', `/sales-orders/count?q=${encodeURIComponent(q)}`)).count

  for (const [typed, found] of [
    [first!, [first]],
    [first!.toLowerCase(), [first]],
    [first!.slice(0, -1), [third, second, first]],
    ['0002', [second]],
    ['2', [second]],
    ['0', []],
    ['4', []],
    ['99999999999999999999', []],
    ['77-b', [first]],
    ['SPRING', [third]],
    ['_', []],
  ] as const) {
    expect([typed, await palette(typed)]).toEqual([typed, found])
    expect([typed, await list(typed)]).toEqual([typed, found])
    expect([typed, await count(typed)]).toEqual([typed, found.length])
  }
  expect(await list('lodz')).toEqual([null, third, second, first])
  expect(await count('lights łódź')).toBe(4)
  expect(await palette('88X')).toEqual(['waits 88x'])
  expect(await list('88X')).toEqual([null])
  expect(draft.number).toBeNull()
})

it('numbers that begin with what was typed come before those that only end in its digits', async () => {
  const customer = await app.api('POST', '/parties', { name: 'Palette', roles: ['customer'] })
  const lines = [{ description: 'Work', quantity: '1', unitPrice: '1' }]
  const numbers: string[] = []
  for (let n = 1; n <= 22; n++) {
    const draft = await app.api('POST', '/invoices', { partyId: customer.id, lines })
    numbers.push((await app.api('POST', `/invoices/${draft.id}/post`)).number as string)
  }
  for (let n = 1; n <= 2; n++) {
    const draft = await app.api('POST', '/sales-orders', { partyId: customer.id, lines })
    await app.api('POST', `/sales-orders/${draft.id}/confirm`)
  }
  const asked = numbers.at(-1)!.slice(0, -1)
  const { items } = await app.api('GET', `/search?only=documents&q=${asked}`)
  const found = items.map(({ label }) => label)
  const ofCounter = numbers[1]!
  expect(found.slice(0, 3)).toEqual(numbers.filter((number) => number.startsWith(asked)).toReversed())
  expect(found.slice(3)).toContain(ofCounter)
  expect(found.slice(3)).toContain(ofCounter.replace('INV', 'SO'))
})
