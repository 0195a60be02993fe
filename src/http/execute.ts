import { withReadableLinks } from '../journal/links.ts'
import { now } from '../kernel/clock.ts'
import type { Company, Context } from '../kernel/context.ts'
import { dateIn } from '../kernel/dates.ts'
import {
  type Database,
  ReadBack,
  type Transaction,
  awaitedLater,
  inTransaction,
} from '../kernel/transaction.ts'
import type { Endpoint } from './endpoint.ts'
import { FileAnswer, type SentFile } from './file-answer.ts'
import { type KeyedRequest, type StoredAnswer, claim, store } from './idempotency.ts'
import { Outside, type Sent, type Surroundings } from './outside.ts'
import type { Principal } from './principal.ts'
import type { Input, Outer } from './route.ts'
import { etagOf } from './version-header.ts'

/** A request that was read, checked and allowed. */
export interface Asked {
  readonly principal: Principal | null
  readonly params: unknown
  readonly query: unknown
  readonly body: unknown
  readonly ifMatch: number | null
  readonly preview: boolean
  readonly requestId: string
  /** The Idempotency-Key and what it stands for; null without one. */
  readonly key: { readonly key: string; readonly request: string } | null
  readonly sent: Sent
  readonly surroundings: Surroundings
}

export interface Answer extends StoredAnswer {
  /** Of the object that it shows; null where it shows none. */
  readonly id: string | null
  /** The first answer to this key, given again; nothing was done now. */
  readonly replayed: boolean
  /** Instead of the body. */
  readonly file?: SentFile
}

type ShownAnswer = Pick<Answer, keyof StoredAnswer | 'id'>

/**
 * Runs an operation for a preview and adds what it would change.
 * @param id of the document that the address names; null when it makes a new one.
 */
export type Previewer = (
  tx: Transaction,
  ctx: Context,
  id: string | null,
  run: () => Promise<unknown>,
) => Promise<unknown>

/** What the database cost, for the Server-Timing header; filled in whether the operation succeeds or not. */
export interface Cost {
  roundTrips: number
  milliseconds: number
}

/** Runs the operation of an endpoint in one transaction of the caller's company. */
export async function execute(
  db: Database,
  endpoint: Endpoint,
  asked: Asked,
  cost: Cost,
  previewer: Previewer | null = null,
): Promise<Answer> {
  const { route } = endpoint
  const moment = now()
  const input: Input<unknown, unknown, unknown> & Outer = {
    params: asked.params,
    query: asked.query,
    body: asked.body,
    ctx: contextOf(asked.principal, moment, asked.requestId),
    ifMatch: asked.ifMatch,
    preview: asked.preview,
    key: asked.key?.key ?? null,
    sent: asked.sent,
    surroundings: asked.surroundings,
  }
  const handle = async (tx: Transaction): Promise<unknown> => {
    if (!asked.preview || previewer === null) return route.handle(tx, input as never)
    const id = (asked.params as { id?: string } | undefined)?.id ?? null
    return previewer(tx, input.ctx, id, async () => {
      const done = await route.handle(tx, input as never)
      return done instanceof ReadBack ? done.run() : done
    })
  }
  const keyed = keyedRequest(endpoint, asked, moment)
  // What the key says prevails over anything that the operation, run beside it, ran into.
  let verdict: { first: StoredAnswer } | { refusal: unknown } | null = null
  let answer: ShownAnswer | null = null
  let made: FileAnswer | Outside
  const started = performance.now()
  try {
    const result = await inTransaction<unknown>(
      db,
      {
        companyId: asked.principal?.company.id ?? null,
        partyId: asked.principal?.partyId ?? null,
        link: asked.principal?.link ?? null,
      },
      async (tx) => {
        verdict = null
        if (!keyed) return handle(tx)
        const claiming = awaitedLater(claim(tx, keyed))
        const handling = awaitedLater(handle(tx))
        try {
          const first = await claiming
          if (first) verdict = { first }
        } catch (refusal) {
          verdict = { refusal }
        }
        if (verdict === null) return handling as Promise<ReadBack<unknown>>
        // Nothing of the operation may reach the connection once that is rolled back.
        tx.giveUp()
        await Promise.allSettled([handling])
        throw new Error('not to be committed: the idempotency key decides')
      },
      {
        readOnly: endpoint.reads,
        rollBack: asked.preview,
        onRoundTrips: (count) => {
          cost.roundTrips += count
        },
        ...(keyed && {
          beforeCommit: (tx, result) => {
            answer = answerOf(endpoint, asked, result)
            // A secret is shown once; a repeat is answered without it.
            const kept = endpoint.route.withoutSecrets?.(result as never)
            store(tx, keyed, kept === undefined ? answer : answerOf(endpoint, asked, kept))
          },
        }),
      },
    )
    if (result instanceof FileAnswer || result instanceof Outside) made = result
    else return { ...(answer ?? answerOf(endpoint, asked, result)), replayed: false }
  } catch (error) {
    const decided = verdict as { first: StoredAnswer } | { refusal: unknown } | null
    if (decided === null) throw error
    if ('refusal' in decided) throw decided.refusal
    const { first } = decided
    const id = first.body === '' ? null : idOf(JSON.parse(first.body))
    return { ...first, id, replayed: true }
  } finally {
    cost.milliseconds += performance.now() - started
  }
  if (made instanceof Outside) return { ...answerOf(endpoint, asked, await made.run()), replayed: false }
  const bytes = await made.make()
  const { name, foreignType, replacedSigns } = made
  const file = { name, bytes, foreignType, replacedSigns }
  return { status: route.status ?? 200, body: '', etag: null, id: null, replayed: false, file }
}

const nothing: ReadonlySet<string> = new Set()

function answerOf(endpoint: Endpoint, asked: Asked, result: unknown): ShownAnswer {
  const { route } = endpoint
  if (route.status === 204 || result === undefined) return { status: 204, body: '', etag: null, id: null }
  return {
    // A preview made nothing, so it is not 'created' and has no version to come back with.
    status: asked.preview ? 200 : (route.status ?? 200),
    // Plain JSON.stringify: decimals and dates know their JSON, and what is answered is what was computed.
    body: JSON.stringify(withReadableLinks(asked.principal?.permissions ?? nothing, result)),
    etag: asked.preview ? null : etagOf(result),
    id: idOf(result),
  }
}

function idOf(result: unknown): string | null {
  const { id } = Object(result) as { id?: unknown }
  return typeof id === 'string' ? id : null
}

function keyedRequest(endpoint: Endpoint, asked: Asked, moment: Date): KeyedRequest | null {
  if (asked.key === null || asked.principal === null || asked.preview || endpoint.reads) return null
  if (endpoint.route.outside) return null
  return {
    companyId: asked.principal.company.id,
    actorId: asked.principal.actor.id,
    key: asked.key.key,
    request: asked.key.request,
    now: moment,
  }
}

function contextOf(principal: Principal | null, moment: Date, requestId: string): Context {
  if (principal === null) return strangerContext(moment, requestId)
  return {
    company: principal.company,
    actor: principal.actor,
    role: principal.role,
    permissions: principal.permissions,
    partyId: principal.partyId,
    link: principal.link,
    now: moment,
    today: dateIn(principal.company.timeZone, moment),
    requestId,
  }
}

/** A public route may be called by anybody: there is no company to read from until the route finds one. */
function strangerContext(moment: Date, requestId: string): Context {
  return {
    get company(): Company {
      throw new Error('the caller of a public route has no company')
    },
    get today(): string {
      throw new Error('the caller of a public route has no company and so no time zone')
    },
    actor: { type: 'system', id: 'public', name: 'public' },
    role: 'public',
    permissions: new Set(),
    partyId: null,
    now: moment,
    requestId,
  }
}
