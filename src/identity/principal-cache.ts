import { createHash } from 'node:crypto'
import type { Principal } from '../http/principal.ts'

/**
 * How long a sign-in is believed without asking the database. A page of the web app sends a dozen
 * requests at once, an integration hundreds a second: with this they cost one look-up, not one each. It
 * is also the longest time that a process on another machine goes on serving a key that was revoked here, so
 * it is counted in seconds; in this process and its siblings a change is known at once (see forgetPrincipals).
 */
const believedMilliseconds = 2000

/** Far more than anybody has at once; past it somebody sends made-up keys and the memory must not grow. */
const mostKept = 20_000

interface Entry {
  readonly until: number
  readonly principal: Promise<Principal | null>
}

const kept = new Map<string, Entry>()

/** The principal of a credential and company, looked up once for all who ask in the same two seconds. */
export function rememberedPrincipal(
  credential: string,
  company: string,
  look: () => Promise<Principal | null>,
): Promise<Principal | null> {
  // Only the hash is kept: a memory dump holds no key.
  const key = createHash('sha256').update(`${credential}\n${company}`).digest('base64')
  const time = performance.now()
  const known = kept.get(key)
  if (known && known.until > time) return known.principal
  if (kept.size >= mostKept) kept.clear()
  const entry: Entry = { until: time + believedMilliseconds, principal: look() }
  kept.set(key, entry)
  // A refusal or a lost connection is not an answer to keep.
  entry.principal.catch(() => {
    if (kept.get(key) === entry) kept.delete(key)
  })
  return entry.principal
}

let tellOthers: (() => Promise<void>) | null = null

/**
 * Call when keys, memberships, passwords or company settings have changed (after the commit). Done when no
 * process that serves the same port believes what was known before.
 */
export async function forgetPrincipals(): Promise<void> {
  forgetPrincipalsHere()
  // What has happened has happened: an answer must not fail because a sibling cannot be told. It asks
  // the database anew in two seconds.
  await tellOthers?.().catch(() => {})
}

/** Forgets in this process alone. */
export function forgetPrincipalsHere(): void {
  kept.clear()
}

/** Where several processes serve one port: how the others are told, done when they have forgotten. */
export function tellOthersToForget(tell: () => Promise<void>): void {
  tellOthers = tell
}
