import type { Static, TSchema } from 'typebox'
import type { Context } from '../kernel/context.ts'
import type { ReadBack, Transaction } from '../kernel/transaction.ts'
import type { Permission } from '../permissions.ts'
import type { Sent, Surroundings } from './outside.ts'

/** What a handler is given: the validated input, who asks, and (in `tx`) the open transaction. */
export interface Input<P, Q, B> {
  readonly params: P
  readonly query: Q
  readonly body: B
  readonly ctx: Context
  /** The version of `If-Match`, null when the header was not sent. */
  readonly ifMatch: number | null
  /** True for `?preview=true`: everything is computed and rolled back. */
  readonly preview: boolean
}

/** What only a request has that came over the network, for the few routes that have to know. */
export interface Outer {
  /** The Idempotency-Key, null without one. */
  readonly key: string | null
  readonly sent: Sent
  readonly surroundings: Surroundings
}

type Schema<S> = S extends TSchema ? Static<S> : undefined

/**
 * One endpoint, described once: the schemas validate, type and document it, the permission guards it,
 * and the web app imports the type of the whole description as its client.
 */
export interface Route<
  P extends TSchema | undefined = TSchema | undefined,
  Q extends TSchema | undefined = TSchema | undefined,
  B extends TSchema | undefined = TSchema | undefined,
  R extends TSchema | undefined = TSchema | undefined,
> {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE'
  /** Below /api/v1, with {name} for parameters. */
  readonly path: string
  readonly summary: string
  readonly description?: string
  readonly tag: string
  readonly permission: Permission
  readonly params?: P
  readonly query?: Q
  readonly body?: B
  /** A body may be left out; the handler then sees undefined. */
  readonly bodyOptional?: boolean
  readonly response: R
  /** The answer is a file of this media type, made by a handler that answers a FileAnswer; `response` is undefined. */
  readonly file?: 'application/pdf' | '*/*'
  /** The body is a file of so many bytes at most, sent as application/octet-stream: a Buffer to the handler. */
  readonly upload?: number
  readonly status?: 200 | 201 | 204
  /** A GET reads; anything else writes, with idempotency and audit. A POST that only reads says so here. */
  readonly readOnly?: boolean
  /** Accepts `?preview=true` (the web app shows what would happen). */
  readonly previewable?: boolean
  /**
   * Others are asked for the answer, which is an `Outside`. Such an answer is not kept under an
   * Idempotency-Key: the operation itself knows the key (`key`) and does nothing twice.
   */
  readonly outside?: boolean
  /** The body is taken as it is sent (`sent.text`), whatever it says: a signature vouches for it. */
  readonly rawBody?: boolean
  readonly example?: { body?: unknown; response?: unknown }
  /** The answer as it may be kept under an Idempotency-Key, where it shows a secret once. */
  readonly withoutSecrets?: (answer: Schema<R>) => Schema<R>
  handle(
    tx: Transaction,
    input: Input<Schema<P>, Schema<Q>, Schema<B>> & Outer,
  ): Promise<Schema<R> | ReadBack<Schema<R>>> | Promise<unknown>
}

/** Any route, whatever its schemas. */
export type AnyRoute = Omit<Route, 'handle' | 'withoutSecrets'> & {
  handle(tx: Transaction, input: never): Promise<unknown>
  readonly withoutSecrets?: (answer: never) => unknown
}

/** Declares a route; only gives the compiler what it needs to infer the handler's types. */
export function route<
  P extends TSchema | undefined = undefined,
  Q extends TSchema | undefined = undefined,
  B extends TSchema | undefined = undefined,
  R extends TSchema | undefined = undefined,
>(definition: Route<P, Q, B, R>): Route<P, Q, B, R> {
  return definition
}
