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
