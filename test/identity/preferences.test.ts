import { afterAll, beforeAll, expect, it } from 'vitest'
import { type TestApp, startTestApp } from '../support/test-app.ts'

let app: TestApp
beforeAll(async () => {
  app = await startTestApp()
})
afterAll(() => app.close())

it('what a person likes is kept, each thing by itself, and is nobody else’s', async () => {
  const [one, other] = [await app.sessionAs('sales'), await app.sessionAs('owner')]
  const mine = (method: string, body?: object) => app.api(method, '/me/preferences', body, { as: one })
  expect(await mine('GET')).toEqual({})
  await mine('PATCH', { language: 'pl', folded: ['sell'] })
  expect(await mine('PATCH', { density: 'dense' })).toEqual({
    language: 'pl',
    folded: ['sell'],
    density: 'dense',
  })
  expect(await app.api('GET', '/me/preferences', undefined, { as: other })).toEqual({})
  await app.api('PATCH', '/me/preferences', { language: 'xx' }, { as: one, expect: 400 })
  await app.api('GET', '/me/preferences', undefined, { expect: 409 })
})
