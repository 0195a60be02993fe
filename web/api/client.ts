import { takeEarly } from './early.ts'
import { ApiProblem, NetworkFailure } from './problem.ts'
import { seenRole } from './see-as.ts'

export type Method = 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE'
export type QueryValue = string | number | boolean | null | undefined
export type Query = Readonly<Record<string, QueryValue | readonly string[]>>

export interface CallOptions {
  readonly query?: Query | undefined
  readonly body?: unknown
  /**
   * The `Idempotency-Key` of a write. Made when a form or dialog opens (`newKey`) and kept for every try, so
   * that a double click and a repeat after a lost answer are one action.
   */
  readonly key?: string | undefined
  /** The version that the change was made on; another one is a 412. */
  readonly ifMatch?: number | undefined
  readonly signal?: AbortSignal | undefined
  /** The slug for `Zapas-Company`; the one in the address unless given, none when null. */
  readonly company?: string | null | undefined
  /** A 401 is thrown and does not ask to sign in. */
  readonly anonymous?: boolean | undefined
}

let companyInAddress: string | null = null
/** The company of the address `/c/<slug>`, sent with every call. The router sets it, nobody else. */
export function enterCompany(slug: string | null): void {
  companyInAddress = slug
}
export function currentCompany(): string | null {
  return companyInAddress
}

type SignInAgain = () => Promise<void>
let signInAgain: SignInAgain | null = null
/** Goes up whenever somebody has signed in again. */
let sessionsBegun = 0
/** What a lost session asks for: a dialog over the page that resolves when somebody signed in. */
export function onLostSession(ask: SignInAgain | null): void {
  signInAgain = ask
}

const watchers = new Set<(online: boolean) => void>()
/** Told after each call whether the server could be reached. Returns how to stop. */
export function watchNetwork(told: (online: boolean) => void): () => void {
  watchers.add(told)
  return () => watchers.delete(told)
}

/**
 * Calls the API and gives the answer's JSON (null for 204). Paths stand below /api/v1; those that begin with
 * `/api/` are taken as they are.
 * @throws ApiProblem when the server refuses, NetworkFailure when it does not answer.
 */
export async function call<T>(method: Method, path: string, options: CallOptions = {}): Promise<T> {
  const answer = await ask(method, path, options)
  const text = await answer.text()
  const body = parsed(text)
  if (!answer.ok) throw new ApiProblem(answer.status, body, answer.headers.get('x-request-id'))
  return body as T
}

/** Fetches a file, such as a printed document. Throws as `call` does. */
export async function callFile(
  path: string,
  { method = 'GET', ...options }: CallOptions & { readonly method?: 'GET' | 'POST' } = {},
): Promise<Blob> {
  const answer = await ask(method, path, options)
  if (answer.ok) return answer.blob()
  throw new ApiProblem(answer.status, parsed(await answer.text()), answer.headers.get('x-request-id'))
}

/** A printed document, and the signs that no font has, for which something else stands in it: `ሀ (U+1200)`. */
export async function callPrinted(
  path: string,
  options: CallOptions = {},
): Promise<{ readonly file: Blob; readonly replaced: readonly string[] }> {
  const answer = await ask('GET', path, options)
  if (!answer.ok)
    throw new ApiProblem(answer.status, parsed(await answer.text()), answer.headers.get('x-request-id'))
  const codes = answer.headers.get('zapas-replaced-signs')?.split(', ') ?? []
  const replaced = codes.map(
    (code) => `${String.fromCodePoint(Number.parseInt(code.slice(2), 16))} (${code})`,
  )
  return { file: await answer.blob(), replaced }
}

/** Sends a file as it is, with the key of the write. Throws as `call` does. */
export async function upload<T>(
  method: 'POST' | 'PUT',
  path: string,
  file: Blob,
  options: CallOptions & { readonly key: string },
): Promise<T> {
  const answer = await ask(method, path, { ...options, file })
  const body = parsed(await answer.text())
  if (!answer.ok) throw new ApiProblem(answer.status, body, answer.headers.get('x-request-id'))
  return body as T
}

/** Sends a request; a session that is over is begun again first. */
async function ask(
  method: Method,
  path: string,
  options: CallOptions & { readonly file?: Blob },
): Promise<Response> {
  const url = addressOf(path, options.query)
  const request = requestOf(method, options)
  let known = sessionsBegun
  const early = method === 'GET' ? await takeEarly(url, companyOf(options)) : null
  let answer = early ?? (await send(url, request))
  while (answer.status === 401 && options.anonymous !== true && signInAgain !== null) {
    // What was sent before somebody signed in again may be refused afterwards: nobody is asked twice for that.
    if (known === sessionsBegun) {
      await signInAgain()
      sessionsBegun++
    }
    known = sessionsBegun
    // The same request with the same key: done once, however often it is sent.
    answer = await send(url, request)
  }
  return answer
}

export const api = {
  get: <T>(path: string, query?: Query, options?: CallOptions) => call<T>('GET', path, { ...options, query }),
  post: <T>(path: string, body?: unknown, options?: CallOptions) =>
    call<T>('POST', path, { ...options, body, key: options?.key ?? newKey() }),
  patch: <T>(path: string, body: unknown, options?: CallOptions) =>
    call<T>('PATCH', path, { ...options, body, key: options?.key ?? newKey() }),
  put: <T>(path: string, body: unknown, options?: CallOptions) =>
    call<T>('PUT', path, { ...options, body, key: options?.key ?? newKey() }),
  delete: (path: string, options?: CallOptions) =>
    call<null>('DELETE', path, { ...options, key: options?.key ?? newKey() }),
}

/** A fresh Idempotency-Key. `crypto.randomUUID` is there on https and localhost only. */
export function newKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
}

const companyOf = ({ company }: CallOptions): string | null =>
  company === undefined ? companyInAddress : company

function requestOf(method: Method, options: CallOptions & { readonly file?: Blob }): RequestInit {
  const headers = new Headers({ accept: 'application/json' })
  const company = companyOf(options)
  if (company !== null) headers.set('zapas-company', company)
  const role = seenRole()
  if (role !== null) headers.set('zapas-see-as', role)
  if (options.body !== undefined) headers.set('content-type', 'application/json')
  if (options.file !== undefined) headers.set('content-type', 'application/octet-stream')
  if (options.key !== undefined) headers.set('idempotency-key', options.key)
  if (options.ifMatch !== undefined) headers.set('if-match', `"${options.ifMatch}"`)
  return {
    method,
    headers,
    ...(options.body !== undefined && { body: JSON.stringify(options.body) }),
    ...(options.file !== undefined && { body: options.file }),
    ...(options.signal && { signal: options.signal }),
  }
}

async function send(url: string, request: RequestInit): Promise<Response> {
  try {
    const answer = await fetch(url, request)
    for (const told of watchers) told(true)
    return answer
  } catch (error) {
    if (request.signal?.aborted === true) throw error
    for (const told of watchers) told(false)
    throw new NetworkFailure('The server does not answer.', { cause: error })
  }
}

function addressOf(path: string, query: Query = {}): string {
  const search = new URLSearchParams()
  for (const [name, value] of Object.entries(query)) {
    if (value === undefined || value === null || value === '') continue
    for (const each of Array.isArray(value) ? value : [value]) search.append(name, String(each))
  }
  const text = search.toString()
  return (path.startsWith('/api/') ? path : `/api/v1${path}`) + (text === '' ? '' : `?${text}`)
}

function parsed(text: string): unknown {
  if (text === '') return null
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}
