import { makeRecurring, runRules } from '../../src/automation/index.ts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { OpenApiDocument } from '../../src/http/openapi.ts'
import type { JsonSchema } from '../../src/http/strict-schema.ts'
import { dateIn } from '../../src/kernel/dates.ts'
import { newId } from '../../src/kernel/ids.ts'
import type { Answered, Response } from '../support/api.ts'
import type { Caller } from '../support/companies.ts'
import { type Operation, type Place, operationsOf, withValue } from '../support/hostile-run.ts'
import { Dice, fittingValue } from '../support/hostile-values.ts'
import { type Told, tellStory } from '../support/story.ts'
import { type TestApp, startTestApp } from '../support/test-app.ts'

/**
 * R17: another company's id is answered exactly like an id that never existed, wherever it may be sent.
 * The endpoints, their parameters and fields come from the OpenAPI document: a new one is tried by itself,
 * or the test says that it does not know whose ids to send.
 */

const documents = [
  'sales-orders',
  'purchase-orders',
  'delivery-notes',
  'receipt-notes',
  'sales-returns',
  'purchase-returns',
  'stock-adjustments',
  'stock-transfers',
  'stock-reservations',
  'invoices',
  'bills',
  'credit-notes',
  'vendor-credits',
  'payments',
]

/** The lists whose rows a field refers to. */
const referred: Readonly<Record<string, readonly string[]>> = {
  partyId: ['parties'],
  partyIds: ['parties'],
  into: ['parties'],
  invoiceIds: ['invoices'],
  vendorId: ['parties'],
  taxId: ['taxes'],
  taxIds: ['taxes'],
  purchaseTaxIds: ['taxes'],
  productId: ['products'],
  productIds: ['products'],
  priceBookId: ['price-books'],
  warehouseId: ['warehouses'],
  toWarehouseId: ['warehouses'],
  locationId: ['locations'],
  toLocationId: ['locations'],
  parentId: ['locations'],
  lotId: ['lots'],
  sourceId: documents,
  sourceIds: documents,
  objectId: documents,
  documentId: documents,
  orderId: ['sales-orders', 'purchase-orders'],
  shipmentId: ['delivery-notes', 'receipt-notes'],
  correctsId: ['invoices', 'bills'],
  invoiceId: ['invoices', 'bills', 'credit-notes', 'vendor-credits'],
  paymentId: ['payments'],
  sourceLineId: ['lines'],
  webhookId: ['webhooks'],
  eventId: ['events'],
  ruleId: ['rules'],
  userId: ['users'],
  madeId: documents,
  ids: documents,
  lineId: ['lines'],
  lineIds: ['lines'],
  // Of a line, where an action names some of its document's.
  id: ['lines'],
}

/** Parts of an address that are no ids: the same words in every company. */
const words = ['{kind}', '{key}', '{code}', '{form}', '{purpose}', '{language}', '{report}']

let app: TestApp
let foreign: Caller
let operations: Operation[]
let description: OpenApiDocument
let own: Map<string, string[]>
let theirs: Map<string, string[]>
let inAddresses: Map<string, string[]>
let told: Told
const dice = new Dice(20_261_125)

beforeAll(async () => {
  app = await startTestApp()
  foreign = await app.newCompany()
  description = await app.api<OpenApiDocument>('GET', '/openapi.json', undefined, { as: null })
  // By a customer’s link one comes to his documents, see test/portal; a provider signs, see test/online-payments.
  operations = operationsOf(description).filter(({ path }) => !/^\/(?:portal|online-payments)\//.test(path))
  await live(foreign)
  told = await live(app.owner)
  own = await rowsOf(app.owner)
  const [order] = (await app.api('GET', '/sales-orders?limit=1', undefined, { as: foreign })).items
  const printed = { ids: [order!.id] }
  const batch = await app.api('POST', '/sales-orders/print-batches', printed, { as: foreign })
  const schedules = await app.api('GET', '/recurring', undefined, { as: foreign })
  const runs = await app.api('GET', `/recurring/${schedules.items[0]!.id}/runs`, undefined, { as: foreign })
  theirs = await rowsOf(foreign)
  // There is no list of them.
  inAddresses = new Map(theirs).set('recurring-runs', [runs.items[0]!.id])
  for (const list of documents) inAddresses.set(`${list}/print-batches`, [batch.id])
}, 240_000)
afterAll(() => app.close())

/** A company that has one of everything. */
async function live(caller: Caller): Promise<Told> {
  const done = await tellStory(app, caller)
  const as = { as: caller }
  const products = (await app.api('GET', '/products?limit=200', undefined, as)).items
  const lotted = products.find((each) => each.tracking === 'lot')
  const warehouse = (await app.api('GET', '/warehouses', undefined, as)).items[0]
  const lots = [{ number: 'L-1', quantity: '2' }]
  const line = { productId: lotted?.id, quantityChange: '2', unitCost: '1.00', reason: 'found', lots }
  const adjustment = { warehouseId: warehouse?.id, lines: [line] }
  const { id } = await app.api('POST', '/stock-adjustments', adjustment, as)
  await app.api('POST', `/stock-adjustments/${id}/post`, undefined, as)
  await app.api('POST', '/stock-counts', { warehouseId: warehouse?.id }, as)
  await app.api('POST', '/views', { list: 'products', name: 'Mine', query: {} }, as)
  const webhook = { name: 'Shop', url: 'https://shop.example.com/', events: ['webhook.*'] }
  const made = await app.api('POST', '/webhooks', webhook, as)
  await app.api('POST', `/webhooks/${made.id}/test`, undefined, as)
  await app.api('PATCH', '/mail-settings', { host: 'smtp.example.com', fromAddress: 'us@example.com' }, as)
  await app.api('POST', '/mail-settings/test', undefined, as)
  const actions = [{ do: 'notify', to: 'role', role: 'owner', text: 'Hello' }]
  const rule = { name: 'Hello', active: true, events: ['party.created'], actions, role: 'owner' }
  const { id: ruleId } = await app.api('POST', '/rules', rule, as)
  await app.api('POST', '/parties', { name: 'Greeted', roles: ['customer'] }, as)
  await runRules(app.db)
  await app.api('PATCH', `/rules/${ruleId}`, { active: false }, as)
  const [order] = (await app.api('GET', '/sales-orders?state=confirmed&limit=1', undefined, as)).items
  const seen = { documentKind: 'sales-order', documentId: order!.id }
  const { url } = await app.api<{ url: string }>('POST', '/portal-links', seen, as)
  const disputes = `/portal/${url.split('/p/')[1]}/documents/${order!.id}/disputes`
  await app.api('POST', disputes, { text: 'Not what was agreed.' }, { as: null })
  const { timeZone } = await app.api<{ timeZone: string }>('GET', '/company', undefined, as)
  const rhythm = { every: 1, unit: 'month', firstDate: dateIn(timeZone, new Date()) }
  await app.api('POST', `/sales-orders/${order!.id}/schedules`, rhythm, as)
  await makeRecurring(app.db)
  await app.api('POST', '/imports?what=parties&name=parties.csv', Buffer.from('Name\nSomebody\n'), as)
  await heldUp(caller, done.get('POST /sales-orders'))
  const email = `${caller.company.slug}@example.com`
  await app.api('POST', '/users', { email, name: 'Somebody', role: 'sales' }, as)
  return done
}

/** A draft that waits for somebody's approval. */
async function heldUp(caller: Caller, order: unknown): Promise<void> {
  const as = { as: caller }
  const actions = [{ do: 'ask-for-approval', role: 'owner' }]
  const rule = { name: 'Look first', active: true, events: ['sales-order.confirmed'], actions, role: 'owner' }
  const { id } = await app.api('POST', '/rules', rule, as)
  const draft = await app.api('POST', '/sales-orders', order, as)
  await app.api('POST', `/sales-orders/${draft.id}/ask-for-approval`, {}, as)
  await app.api('PATCH', `/rules/${id}`, { active: false }, as)
}

/** Ids by the name of their list; those of lines of any document under `lines`. */
async function rowsOf(caller: Caller): Promise<Map<string, string[]>> {
  const found = new Map<string, string[]>()
  const lines: string[] = []
  for (const { method, path, params } of operations) {
    if (method !== 'GET' || params.length > 0) continue
    const { items } = (await app.send('GET', path, undefined, { as: caller })).json
    const ids = Array.isArray(items) ? (items as Answered[]).map((each) => each.id) : []
    const list = path.slice(1)
    if (ids.some((id) => typeof id === 'string')) found.set(list, ids)
    if (!documents.includes(list)) continue
    for (const id of ids.slice(0, 1)) {
      const one = await app.send('GET', `/${list}/${id}`, undefined, { as: caller })
      lines.push(...(one.json.lines ?? []).slice(0, 1).map((line) => line.id))
    }
  }
  return found.set('lines', lines)
}

describe('another company’s id is answered like one that never existed', () => {
  it('in the address of every endpoint', { timeout: 400_000 }, async () => {
    const faults: string[] = []
    let tried = 0
    for (const each of operations) {
      const names = each.path.match(/\{\w+\}/g) ?? []
      if (names.every((name) => words.includes(name))) continue
      const list = each.path.slice(1, each.path.indexOf('/{'))
      const ids = candidates(inAddresses, list === 'documents' ? documents : [list])
      if (ids.length === 0) faults.push(`${each.path}: the other company has no row to try`)
      const body = fittingBody(each)
      for (const id of ids) {
        tried++
        const ask = (put: string) =>
          send(each, each.path.replace(/\{\w+\}/g, put) + requiredQuery(each), body)
        const [answer, control] = [await ask(id), await ask(newId())]
        // A write may be refused for its body, or because a program may not do it, before the row is looked for.
        const right = each.reads ? [404] : [404, 400, 403, 422]
        if (!right.includes(answer.status)) faults.push(said(each, answer))
        else faults.push(...difference(each, 'address', answer, control))
      }
    }
    expect(faults).toEqual([])
    expect(tried).toBeGreaterThan(100)
  })

  it('in every field of every body', { timeout: 400_000 }, async () => {
    const faults: string[] = []
    let tried = 0
    for (const each of operations.filter(({ body }) => body !== null)) {
      for (const place of idPlaces(each.body!)) {
        const field = String(place.findLast((step) => typeof step === 'string'))
        const ids = candidates(theirs, referred[field] ?? [])
        if (ids.length === 0) faults.push(`${each.method} ${each.path}: whose id is ${field}?`)
        for (const id of ids) {
          tried++
          const body = fittingBody(each)
          const path = ownAddress(each)
          const ask = (put: string) => send(each, path, withValue(body, place, put))
          const [answer, control] = [await ask(id), await ask(newId())]
          // A question may leave out what it does not find; a write that takes it believes in it, or hides that it does not count.
          if (answer.status < 300 && (!each.reads || answer.text.includes(id)))
            faults.push(`${field}: ${said(each, answer)}`)
          faults.push(...difference(each, field, answer, control))
        }
      }
    }
    expect(faults).toEqual([])
    expect(tried).toBeGreaterThan(200)
  })

  it('in every filter', { timeout: 400_000 }, async () => {
    const faults: string[] = []
    let tried = 0
    for (const each of operations) {
      for (const { name } of each.query.filter((field) => /Ids?$/.test(field.name))) {
        // Not a row of the company but a person or key, as the audit trail wrote it down.
        const lists = name === 'actorId' ? ['users'] : referred[name]
        const ids = candidates(theirs, lists ?? [])
        if (ids.length === 0) faults.push(`${each.path}: whose id is ${name}?`)
        for (const id of ids) {
          tried++
          const ask = (put: string) => send(each, `${ownAddress(each)}?${name}=${put}`, undefined)
          faults.push(...difference(each, name, await ask(id), await ask(newId())))
        }
      }
    }
    expect(faults).toEqual([])
    expect(tried).toBeGreaterThan(50)
  })
})

it('and nothing of the other company has changed', async () => {
  const events = await app.api('GET', '/audit?limit=200', undefined, { as: foreign })
  const strangers = events.items.filter(
    (event) => (event.actor as { id: string } | undefined)?.id !== undefined && !isOfForeign(event),
  )
  expect(strangers).toEqual([])
  expect(await rowsOf(foreign)).toEqual(theirs)
})

function isOfForeign(event: Answered): boolean {
  const { type, name } = event.actor as { type: string; name: string }
  return type === 'system' || name === 'test owner' || name.endsWith('(customer link)')
}

/** One row of each list. */
function candidates(rows: Map<string, string[]>, lists: readonly string[]): string[] {
  return lists.flatMap((list) =>
    list === 'lines' ? (rows.get(list) ?? []) : (rows.get(list)?.slice(0, 1) ?? []),
  )
}

function ownAddress({ path }: Operation): string {
  const list = path.slice(1).split('/{')[0]!
  const id = candidates(own, list === 'documents' ? documents : [list])[0] ?? newId()
  return path
    .replace('{code}', 'EUR')
    .replace('{kind}', 'invoice')
    .replace('{form}', 'invoice')
    .replace('{purpose}', 'invoice')
    .replace('{language}', 'en')
    .replace(/\{\w+\}/g, id)
}

/** `?field=…` with the first value that the description offers for each field that must be there. */
function requiredQuery({ method, path }: Operation): string {
  const operation = description.paths[path]![method.toLowerCase()]!
  const parameters = (operation.parameters ?? []) as {
    name: string
    in?: string
    required?: boolean
    schema: JsonSchema
  }[]
  const needed = parameters.filter((each) => each.in === 'query' && each.required === true)
  return needed
    .map(
      ({ name, schema }, i) =>
        `${i === 0 ? '?' : '&'}${name}=${(schema.enum as string[] | undefined)?.[0] ?? 'x'}`,
    )
    .join('')
}

/** One that succeeded, or one that the schema allows, with ids of our own. */
function fittingBody(each: Operation): unknown {
  if (each.body === null) return undefined
  const known = told.get(`${each.method} ${each.path}`)
  if (known !== undefined) return known
  return fittingValue(each.body, dice, (field) => candidates(own, referred[field] ?? [])[0])
}

function send(each: Operation, path: string, body: unknown): Promise<Response<Answered>> {
  return app.send(each.method, path, body)
}

function difference(each: Operation, what: string, a: Response<Answered>, b: Response<Answered>): string[] {
  const same =
    a.status === b.status && (a.status < 300 ? withoutIds(a) === withoutIds(b) : a.json.code === b.json.code)
  return same ? [] : [`${what}: ${said(each, a)}\n  but an unknown id: ${said(each, b)}`]
}

/** What two answers to the same request differ in by themselves. */
function withoutIds({ text }: Response<Answered>): string {
  return text.replace(/[0-9a-f]{8}-[0-9a-f-]{27}/g, '(id)').replace(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, '(moment)')
}

function said(each: Operation, { status, text }: Response<Answered>): string {
  return `${each.method} ${each.path} answered ${status} ${text.slice(0, 300)}`
}

/** Where a body holds ids, first items of lists and inner objects included. */
function idPlaces(schema: JsonSchema, above: Place = []): Place[] {
  if (schema.format === 'uuid') return [above]
  const places = ['anyOf', 'oneOf', 'allOf'].flatMap((keyword) =>
    ((schema[keyword] ?? []) as JsonSchema[]).flatMap((inner) => idPlaces(inner, above)),
  )
  for (const [name, inner] of Object.entries((schema.properties ?? {}) as Record<string, JsonSchema>)) {
    places.push(...idPlaces(inner, [...above, name]))
  }
  if (typeof schema.items === 'object') places.push(...idPlaces(schema.items as JsonSchema, [...above, 0]))
  return places
}
