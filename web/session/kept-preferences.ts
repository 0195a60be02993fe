import { type Me, api } from '../api/index.ts'
import type { Language } from '../i18n/index.ts'
import type { Preferences } from './preferences.ts'

/** What the server keeps of a person's likes; what is missing was never chosen. */
export interface KeptPreferences extends Partial<Preferences> {
  readonly language?: Language
  readonly colorScheme?: 'light' | 'dark' | 'auto'
}

/** What was chosen here since the page was opened: newer than what the server answers. */
let chosen: KeptPreferences = {}

/** Customers' logins write nothing. */
const maySave = (me: Me | null): boolean => me !== null && me.permissions.includes('views:write')
let person: Me | null = null

/** Reads what the person chose on another device, without what was chosen here meanwhile; null: nothing is kept. */
export async function readKept(me: Me): Promise<KeptPreferences | null> {
  person = me
  if (!maySave(me)) return null
  // What was chosen before it was known who it is.
  if (Object.keys(chosen).length > 0) save(chosen)
  try {
    return { ...(await api.get<KeptPreferences>('/me/preferences')), ...chosen }
  } catch {
    // This browser's copy holds.
    return null
  }
}

/** Keeps a choice for other devices. Without an answer it holds on this one. */
export function keep(change: KeptPreferences): void {
  chosen = { ...chosen, ...change }
  if (maySave(person)) save(change)
}

function save(change: KeptPreferences): void {
  void api.patch('/me/preferences', change).catch(() => undefined)
}
