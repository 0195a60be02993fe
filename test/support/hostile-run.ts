import { randomUUID } from 'node:crypto'
import type { OpenApiDocument } from '../../src/http/openapi.ts'
import type { JsonSchema } from '../../src/http/strict-schema.ts'
import type { CallOptions } from './api.ts'
import type { Caller } from './companies.ts'
import { Dice, type Reference, fittingValue, hostileTexts, hostileValues } from './hostile-values.ts'
import { type Told, tellStory } from './story.ts'
import type { TestApp } from './test-app.ts'

/** One endpoint as the OpenAPI document describes it. */
export interface Operation {
  readonly method: string
  readonly path: string
  readonly params: readonly string[]
  readonly query: readonly { readonly name: string }[]
  readonly body: JsonSchema | null
  /** The body is a file. */
  readonly upload: boolean
  readonly open: boolean
  /** Only who has a customer's link comes here. */
  readonly byLink: boolean
  /** Asks only, whatever its method. */
  readonly reads: boolean
}

interface Attempt {
  readonly of: Operation
  readonly path: string
  readonly body?: unknown
  readonly options?: CallOptions
  /** The statuses that are right; any below 500 unless given. */
  readonly right?: readonly number[]
  /** What no answer may contain. */
  readonly hidden?: string
  readonly why: string
}

const atOnce = 8

/** What belongs to the server to say. Where a schema has such a field it is left out. */
const assigned = {
  companyId: randomUUID(),
  state: 'posted',
  number: 'MINE-1',
  version: 99,
  createdAt: '2020-01-01T00:00:00Z',
  demo: true,
  permissions: ['company:write'],
  isAdmin: true,
}

/** What the inside of the server looks like and no refusal may show. */
const inside =
  /node_modules|\.ts:\d+|at \S+ \(|\b(?:select|insert into|delete from)\b[^"]* (?:from|values|where)\b.*\$\d|zapas_app|zapas_login|duplicate key value|violates \w+ constraint|syntax error at or near|ECONN|pg_\w+/

/**
 * Sends hostile requests to every endpoint that the OpenAPI document describes and collects what went
 * wrong: a 5xx, an error that is no problem, a stranger let in, another company's row touched.
 */
export class HostileRun {
  readonly #faults = new Map<string, { readonly example: string; times: number }>()
  sent = 0
  /** The caller's and the one that nobody may touch. */
  companies: readonly string[] = []
  /** Endpoints that answered a success at least once: the hostile requests got past their validation. */
  readonly reached = new Set<string>()
  readonly #app: TestApp
  readonly #operations: Operation[]
  readonly #dice: Dice
  readonly #deadline: number
  readonly #ids = new Map<Caller, Map<string, string[]>>()
  /** Bodies that are known to be right. */
  #told: Told = new Map()

  readonly #mostAttempts: number

  /** @param mostAttempts requests, more or less; those that have one right answer are sent in any case. */
  constructor(
    app: TestApp,
    document: OpenApiDocument,
    { seed, seconds, mostAttempts }: { seed: number; seconds: number; mostAttempts: number },
  ) {
    this.#app = app
    this.#mostAttempts = mostAttempts
    this.#operations = operationsOf(document)
    this.#dice = new Dice(seed)
    this.#deadline = Date.now() + seconds * 1000
  }

  /** What went wrong, an example for each endpoint and status. */
  get faults(): string[] {
    return [...this.#faults.values()].map(({ example, times }) => `${times} times, such as ${example}`)
  }

  get endpoints(): number {
    return this.#operations.length
  }

  async run(): Promise<void> {
    // The first account owns every company that is there; made now, it owns none but the caller's.
    const first = { name: 'First', email: 'first@example.com', password: 'correct-horse-battery-1' }
    await this.#app.send('POST', '/setup/owner', first, { as: null })
    const foreign = await this.#app.newCompany()
    await this.#settle(foreign)
    await this.#settle(this.#app.owner)
    this.#told = await tellStory(this.#app, this.#app.owner)
    this.companies = [this.#app.owner.company.id, foreign.company.id]
    // A round has a text of chance in it, so a further one is not the same again.
    do {
      const attempts: Attempt[] = []
      for (const each of this.#operations) {
        attempts.push(...this.#strangers(each), ...this.#addresses(each), ...this.#queries(each))
        attempts.push(...this.#bodies(each), ...this.#foreignRows(each, foreign), ...this.#assignments(each))
      }
      await this.#send(this.#operations.flatMap((each) => this.#fittings(each)))
      await this.#send(this.#shuffled(this.#affordable(attempts.map(refusedByLink))))
      await this.#harvest(this.#app.owner)
    } while (this.sent < this.#mostAttempts && this.complete)
  }

  /** All that have one right answer, and of the others as many as there is time for. */
  #affordable(attempts: readonly Attempt[]): Attempt[] {
    const others = attempts.filter((each) => each.right === undefined).length
    const share = (this.#mostAttempts - this.sent - (attempts.length - others)) / others
    return attempts.filter((each) => each.right !== undefined || this.#dice.next() < share)
  }

  /** Mixed, so that many different things happen at once, as in life. */
  #shuffled(attempts: readonly Attempt[]): Attempt[] {
    return attempts
      .map((attempt) => ({ attempt, place: this.#dice.next() }))
      .sort((a, b) => a.place - b.place)
      .map(({ attempt }) => attempt)
  }

  /** Whether time was enough for all. */
  get complete(): boolean {
    return Date.now() < this.#deadline
  }

  /** Makes rows through every create endpoint, so that there is something to be hostile to. */
  async #settle(caller: Caller): Promise<void> {
    await tellStory(this.#app, caller)
    for (let round = 0; round < 2; round++) {
      await this.#harvest(caller)
      const creates = this.#operations.filter(
        ({ method, params, body }) => method === 'POST' && params.length === 0 && body !== null,
      )
      for (const each of creates) {
        for (let i = 0; i < 2; i++) {
          const body = fittingValue(each.body!, this.#dice, this.#reference(caller))
          await this.#attempt({
            of: each,
            path: each.path,
            body,
            options: { as: caller },
            why: 'fitting',
          })
        }
      }
    }
    await this.#harvest(caller)
  }

  async #harvest(caller: Caller): Promise<void> {
    const found = new Map<string, string[]>()
    // Nobody deletes the key that the run itself signs in with.
    const own = (await this.#app.send('GET', '/me', undefined, { as: caller })).json.id
    for (const each of this.#operations) {
      if (each.method !== 'GET' || each.params.length > 0) continue
      const answer = await this.#app.send('GET', each.path, undefined, { as: caller })
      const items = Array.isArray(answer.json.items) ? (answer.json.items as { id?: unknown }[]) : []
      const ids = items
        .map((item) => item.id)
        .filter((id): id is string => typeof id === 'string' && id !== own)
      if (ids.length > 0) found.set(each.path.slice(1), ids)
    }
    this.#ids.set(caller, found)
  }

  /** `partyId` and `taxIds` refer to one of the caller's parties and taxes. */
  #reference(caller: Caller): Reference {
    return (field) => {
      const noun = field.replace(/Ids?$/, '').replace(/[A-Z]/g, (c) => `-${c.toLowerCase()}`)
      const lists = this.#ids.get(caller)
      const ids = [`${noun}s`, `${noun}es`, noun.replace(/y$/, 'ies')].map((name) => lists?.get(name))
      const list = ids.find((each) => each !== undefined)
      return list === undefined ? undefined : this.#dice.pick(list)
    }
  }

  /** Requests that mean well: what follows is then tried behind the validation, too. */
  #fittings(each: Operation): Attempt[] {
    return Array.from({ length: each.method === 'DELETE' ? 1 : 4 }, () => ({
      of: each,
      path: fill(each.path, () => this.#idFor(each, this.#app.owner)) + (each.upload ? '?name=a.pdf' : ''),
      body: this.#fitting(each),
      why: 'fitting request',
    }))
  }

  #strangers(each: Operation): Attempt[] {
    if (each.open) return []
    const call = { of: each, path: fill(each.path, () => randomUUID()), right: [401] }
    return [
      { ...call, options: { as: null }, why: 'no sign-in' },
      { ...call, options: { as: null, headers: { authorization: 'Bearer nothing' } }, why: 'a made-up key' },
      ...(each.method === 'GET'
        ? []
        : [{ ...call, body: '{broken', options: { as: null }, why: 'no sign-in, broken body' }]),
    ]
  }

  #addresses(each: Operation): Attempt[] {
    if (each.params.length === 0) return []
    const body = this.#fitting(each)
    const texts = hostileTexts(this.#dice).filter((text) => text !== '' && text.isWellFormed())
    const paths = texts.map((text) => fill(each.path, () => encodeURIComponent(text.slice(0, 2000))))
    return [
      ...paths.map((path) => ({ of: each, path, body, why: 'hostile address' })),
      {
        of: each,
        path: fill(each.path, () => '%ff'),
        body,
        right: [400],
        why: 'address that is not UTF-8',
      },
    ]
  }

  #queries(each: Operation): Attempt[] {
    const path = fill(each.path, () => this.#idFor(each, this.#app.owner))
    const attempts: Attempt[] = [
      {
        of: each,
        path: `${path}?surprise=1`,
        body: this.#fitting(each),
        right: [400],
        why: 'unknown query field',
      },
    ]
    const cursors = [
      ['name', 'x', 'no-id'],
      ['date', 'no date', randomUUID()],
      ['-date', '', randomUUID()],
      ['number', 'a', randomUUID()],
      ['name', 'a\0', randomUUID()],
    ].map((parts) => Buffer.from(JSON.stringify(parts)).toString('base64url'))
    for (const { name } of each.query) {
      const texts = [...hostileTexts(this.#dice), ...(name === 'cursor' ? cursors : [])]
      const values = texts.filter((text) => text.isWellFormed()).map((text) => text.slice(0, 4000))
      for (const value of values) {
        const query = `${name}=${encodeURIComponent(value)}`
        attempts.push({
          of: each,
          path: `${path}?${query}`,
          body: this.#fitting(each),
          why: 'hostile query',
        })
      }
      attempts.push({ of: each, path: `${path}?${name}=1&${name}=2`, why: 'repeated query field' })
    }
    // A cursor is made for a sort order; try it with that very one.
    if (each.query.some(({ name }) => name === 'cursor')) {
      for (const sort of ['date', '-date', 'name', '-number', 'id', 'createdAt']) {
        for (const key of ['x', '', '1', '\0']) {
          const cursor = Buffer.from(JSON.stringify([sort, key, randomUUID()])).toString('base64url')
          attempts.push({
            of: each,
            path: `${path}?sort=${sort}&cursor=${cursor}`,
            why: 'forged cursor',
          })
        }
      }
    }
    return attempts
  }

  #bodies(each: Operation): Attempt[] {
    if (each.method === 'GET') return []
    const path = fill(each.path, () => this.#idFor(each, this.#app.owner))
    const whole: unknown[] = [
      '[]',
      '"text"',
      '5',
      'true',
      '{',
      '[[[[',
      '{"a":1,}',
      '\0',
      '{"__proto__":{}}',
      'null',
    ]
    const attempts: Attempt[] = whole.map((body) => ({
      of: each,
      path,
      body,
      why: 'hostile body',
    }))
    attempts.push({
      of: each,
      path,
      body: `{"lines":${'['.repeat(20_000)}${']'.repeat(20_000)}}`,
      why: 'deep body',
    })
    if (each.body === null) return attempts
    for (const place of placesOf(each.body)) {
      for (const value of hostileValues(this.#dice)) {
        const body = withValue(this.#fitting(each), place, value)
        attempts.push({ of: each, path, body, why: `hostile ${place.join('/')}` })
      }
    }
    return attempts
  }

  /** Another company's ids, in the address and in every reference of the body. */
  #foreignRows(each: Operation, foreign: Caller): Attempt[] {
    const attempts: Attempt[] = []
    const theirs = this.#ids.get(foreign)?.get(each.path.split('/')[1]!)?.[0]
    if (each.params.length > 0 && theirs !== undefined) {
      const path = fill(each.path, () => theirs) + (each.upload ? '?name=theirs.pdf' : '')
      // A body that the rules refuse first says nothing of the row either.
      // What only a person may do is refused to a key before any row is looked at.
      const personal = each.method === 'DELETE' && each.path.startsWith('/companies/')
      const right = personal ? [403] : each.body === null ? [404] : [404, 400, 422]
      attempts.push({
        of: each,
        path,
        body: this.#fitting(each),
        right,
        why: "another company's row",
      })
    }
    if (each.body === null || each.method === 'GET') return attempts
    const reference = this.#reference(foreign)
    for (const place of placesOf(each.body)) {
      const field = String(place.findLast((step) => typeof step === 'string'))
      const id = /Ids?$/.test(field) ? reference(field) : undefined
      if (id === undefined) continue
      const path = fill(each.path, () => this.#idFor(each, this.#app.owner))
      const body = withValue(this.#fitting(each), place, field.endsWith('Ids') ? [id] : id)
      attempts.push({
        of: each,
        path,
        body,
        // A question may leave out what it does not find; a write must not.
        right: [400, 404, 409, 422, ...(each.reads ? [200] : [])],
        hidden: id,
        why: `another company's ${field}`,
      })
    }
    return attempts
  }

  /** Fields that no schema has, in the body and in its first line: refused by name, not left out silently. */
  #assignments(each: Operation): Attempt[] {
    const { body } = each
    if (body === null || each.method === 'GET' || body.type !== 'object') return []
    const path = fill(each.path, () => this.#idFor(each, this.#app.owner))
    const attempts: Attempt[] = []
    const lines = (body.properties as Record<string, JsonSchema> | undefined)?.lines
    const places: [Place, JsonSchema][] = [[[], body]]
    if (lines?.type === 'array') places.push([['lines', 0], lines.items as JsonSchema])
    for (const [place, schema] of places) {
      for (const [name, value] of Object.entries(assigned)) {
        if (schema.type !== 'object' || name in ((schema.properties ?? {}) as object)) continue
        const sent = withValue(this.#fitting(each), [...place, name], value)
        attempts.push({ of: each, path, body: sent, right: [400], why: `the server's own ${name}` })
      }
    }
    return attempts
  }

  #fitting(each: Operation): unknown {
    if (each.upload) return Buffer.from('%PDF-1.7 not much of one')
    if (each.body === null) return undefined
    const known = this.#told.get(`${each.method} ${each.path}`)
    if (known !== undefined && this.#dice.next() < 0.7) return known
    return fittingValue(each.body, this.#dice, this.#reference(this.#app.owner))
  }

  #idFor(each: Operation, caller: Caller): string {
    const ids = this.#ids.get(caller)?.get(each.path.split('/')[1]!)
    return ids === undefined ? randomUUID() : this.#dice.pick(ids)
  }

  async #send(attempts: readonly Attempt[]): Promise<void> {
    const queue = attempts.values()
    const worker = async (): Promise<void> => {
      for (const attempt of queue) {
        if (!this.complete) return
        await this.#attempt(attempt)
      }
    }
    await Promise.all(Array.from({ length: atOnce }, worker))
  }

  async #attempt({ of, path, body, options, right, hidden, why }: Attempt): Promise<void> {
    const { method } = of
    this.sent++
    const answer = await this.#app.send(method, path, body, options)
    if (answer.status < 300) this.reached.add(`${method} ${of.path}`)
    // Many at once may be too many: 'busy' is an answer, if not the one that was hoped for.
    const busy = answer.json.code === 'busy'
    const told = hidden !== undefined && answer.status < 300 && answer.text.includes(hidden)
    const ok = busy || (right ? right.includes(answer.status) : answer.status < 500)
    const isProblem =
      answer.status < 400 ||
      (answer.headers.get('content-type')?.startsWith('application/problem+json') === true &&
        typeof answer.json.code === 'string')
    const leak = answer.status >= 400 ? inside.exec(answer.text)?.[0] : undefined
    if (ok && isProblem && !told && leak === undefined) return
    const asked = `${method} ${path.slice(0, 200)} ${(JSON.stringify(body) ?? '').slice(0, 500)}`
    const kind = `${method} ${of.path} ${answer.status}`
    const known = this.#faults.get(kind)
    const example = `${why}${leak === undefined ? '' : `, shows '${leak}'`}: ${asked}\n  answered ${answer.status} ${answer.text.slice(0, 500)}`
    this.#faults.set(kind, { example: known?.example ?? example, times: (known?.times ?? 0) + 1 })
  }
}

export function operationsOf(document: OpenApiDocument): Operation[] {
  return Object.entries(document.paths).flatMap(([path, operations]) =>
    Object.entries(operations).map(([method, operation]) => {
      const parameters = (operation.parameters ?? []) as { name?: string; in?: string; $ref?: string }[]
      const named = (place: string): string[] =>
        parameters.filter((each) => each.in === place).map((each) => each.name!)
      const content = (operation.requestBody as JsonSchema | undefined)?.content as
        | Record<string, { schema: JsonSchema }>
        | undefined
      const schema = content?.['application/json']?.schema
      const upload = content?.['application/octet-stream'] !== undefined
      return {
        method: method.toUpperCase(),
        path,
        params: named('path'),
        query: named('query').map((name) => ({ name })),
        body: schema === undefined ? null : (resolved(schema, document) as JsonSchema),
        upload,
        open: operation['x-permission'] === 'public',
        byLink: operation['x-permission'] === 'portal',
        reads: !parameters.some((each) => each.$ref?.endsWith('/IdempotencyKey')),
      }
    }),
  )
}

/** Without a customer's link nothing of a request is looked at: whatever it is, there is nothing there. */
function refusedByLink(attempt: Attempt): Attempt {
  if (!attempt.of.byLink || attempt.right === undefined || attempt.why.includes('UTF-8')) return attempt
  return { ...attempt, right: [404] }
}

/** The schema with what it refers to in place. */
function resolved(value: unknown, document: OpenApiDocument): unknown {
  if (Array.isArray(value)) return value.map((each) => resolved(each, document))
  if (typeof value !== 'object' || value === null) return value
  const { $ref } = value as { $ref?: unknown }
  if (typeof $ref === 'string') {
    const name = $ref.replace('#/components/schemas/', '')
    return resolved((document.components.schemas as Record<string, unknown>)[name], document)
  }
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, resolved(each, document)]))
}

export type Place = readonly (string | number)[]

/** Every field of a body, those of the first line and of inner objects included. */
function placesOf(schema: JsonSchema, above: Place = []): Place[] {
  if (above.length > 5) return []
  const places: Place[] = []
  const properties = (schema.properties ?? {}) as Record<string, JsonSchema>
  for (const [name, property] of Object.entries(properties)) {
    const place = [...above, name]
    places.push(place)
    for (const each of [property, ...((property.anyOf ?? []) as JsonSchema[])]) {
      if (each.type === 'object') places.push(...placesOf(each, place))
      const items = each.items as JsonSchema | undefined
      if (each.type === 'array' && items?.type === 'object') places.push(...placesOf(items, [...place, 0]))
    }
  }
  return places
}

/** The body with the value at a place; what is missing on the way is made. */
export function withValue(body: unknown, place: Place, value: unknown): unknown {
  const [step, ...rest] = place
  if (step === undefined) return value
  if (typeof step === 'number') {
    const list = Array.isArray(body) ? [...(body as unknown[])] : []
    list[step] = withValue(list[step], rest, value)
    return list
  }
  const object = typeof body === 'object' && body !== null && !Array.isArray(body) ? body : {}
  return { ...object, [step]: withValue((object as Record<string, unknown>)[step], rest, value) }
}

function fill(path: string, value: () => string): string {
  return path.replace(/\{\w+\}/g, value)
}
