import { useSyncExternalStore } from 'react'
import {
  type Me,
  NetworkFailure,
  type Page,
  api,
  call,
  enterCompany,
  isProblem,
  watchNetwork,
} from '../api/index.ts'
import { warehouseModeReads } from '../ui/warehouse-mode.ts'
import { todayIn } from '../session/today.ts'
import { loadCopies } from './data/load.ts'
import { CodeTable } from './data/read-code.ts'
import type { Copies, Warehouse } from './data/types.ts'
import { setSettings, settings } from '../ui/scan/device-settings.ts'
import { type Command, type NewCommand, addCommand, commandsOf } from './store/commands.ts'
import { keep, kept } from './store/database.ts'
import { sendWaiting } from './store/sender.ts'

export interface State {
  /** Null until it is known who is signed in. */
  readonly me: Me | null
  /** The session has ended, or there was none; what waits is sent after signing in. */
  readonly signedOut: boolean
  readonly online: boolean
  readonly sending: boolean
  readonly loading: boolean
  /** Sound is unlocked and the warehouse is chosen. */
  readonly started: boolean
  readonly warehouses: readonly Warehouse[]
  readonly warehouse: Warehouse | null
  readonly copies: Copies | null
  readonly table: CodeTable | null
  readonly commands: readonly Command[]
  /** Nothing can be kept on this device: a private window, or its storage is full. */
  readonly keepsNothing: boolean
}

let state: State = {
  me: null,
  signedOut: false,
  online: navigator.onLine,
  sending: false,
  loading: false,
  started: false,
  warehouses: [],
  warehouse: null,
  copies: null,
  table: null,
  commands: [],
  keepsNothing: false,
}
const watchers = new Set<() => void>()

export function stateNow(): State {
  return state
}

export function useWarehouseState(): State {
  return useSyncExternalStore((told) => {
    watchers.add(told)
    return () => watchers.delete(told)
  }, stateNow)
}

function change(part: Partial<State>): void {
  state = { ...state, ...part }
  for (const told of watchers) told()
}

export function today(): string {
  return todayIn(state.me?.company.timeZone)
}

export function may(permission: string): boolean {
  return state.me?.permissions.includes(permission) ?? false
}

/** Whether the company lets this person work in its warehouses at all. */
export function mayWork(): boolean {
  return warehouseModeReads.every(may)
}

/** A beginning without a connection works with what was kept the last time. */
const retryEvery = 15_000
/** Copies older than this are read anew when a screen of work is entered. */
const fresh = 60_000

export async function begin(): Promise<void> {
  watchNetwork((online) => {
    const back = online && !state.online
    if (online !== state.online) change({ online })
    if (back) void catchUp()
  })
  addEventListener('online', () => void catchUp())
  addEventListener('offline', () => change({ online: false }))
  addEventListener('visibilitychange', () => document.visibilityState === 'visible' && void catchUp())
  setInterval(() => void catchUp(), retryEvery)
  addEventListener('beforeunload', (event) => {
    // Kept on the device all the same; but whoever closes the window should know.
    if (state.keepsNothing && state.commands.some((each) => each.state === 'waiting')) event.preventDefault()
  })
  // A link of the office app names the company that one comes from.
  const asked = new URLSearchParams(location.search).get('company')
  if (asked !== null && asked !== settings().company) setSettings({ company: asked, warehouseId: null })
  await recall()
  await whoIsThere()
}

async function recall(): Promise<void> {
  try {
    const me = await kept<Me>('me')
    const warehouses = (await kept<readonly Warehouse[]>(`warehouses ${settings().company}`)) ?? []
    if (me !== null && me.company.slug === settings().company) {
      enterCompany(me.company.slug)
      change({ me, warehouses, commands: await commandsOf(me.company.slug) })
      await enterWarehouse(warehouses.find(({ id }) => id === settings().warehouseId) ?? null)
    }
  } catch {
    change({ keepsNothing: true })
  }
}

/** Asks who is signed in, in the company used last. */
async function whoIsThere(): Promise<void> {
  const options = { anonymous: true, company: settings().company }
  try {
    const me = await api.get<Me>('/me', {}, options)
    enterCompany(me.company.slug)
    setSettings({ company: me.company.slug })
    change({ me, signedOut: false, online: true })
    await keepQuietly('me', me)
    await readWarehouses()
    await refreshCommands()
    await send()
  } catch (error) {
    if (isProblem(error, 401)) return change({ signedOut: true })
    // A company that this person does not belong to any more.
    if (isProblem(error, 404) && settings().company !== null) {
      setSettings({ company: null, warehouseId: null })
      return whoIsThere()
    }
    if (!(error instanceof NetworkFailure)) throw error
    change({ online: false })
  }
}

async function readWarehouses(): Promise<void> {
  if (!mayWork())
    return change({ warehouses: [], warehouse: null, copies: null, table: null, started: false })
  const { items } = await api.get<Page<Warehouse>>(
    '/warehouses',
    { sort: 'name', limit: 200 },
    { anonymous: true },
  )
  const warehouses = items.map(({ id, code, name }) => ({ id, code, name }))
  change({ warehouses })
  await keepQuietly(`warehouses ${settings().company}`, warehouses)
  const chosen = warehouses.find(({ id }) => id === settings().warehouseId) ?? null
  await enterWarehouse(chosen ?? (warehouses.length === 1 ? warehouses[0]! : null))
}

export async function chooseCompany(slug: string): Promise<void> {
  setSettings({ company: slug, warehouseId: null })
  change({
    me: null,
    warehouse: null,
    warehouses: [],
    copies: null,
    table: null,
    commands: [],
    started: false,
  })
  await whoIsThere()
}

export async function enterWarehouse(warehouse: Warehouse | null): Promise<void> {
  if (warehouse?.id === state.warehouse?.id && state.copies !== null) return
  setSettings({ warehouseId: warehouse?.id ?? null })
  change({ warehouse, copies: null, table: null })
  if (warehouse === null) return
  const known = await kept<Copies>(copiesName(warehouse.id)).catch(() => null)
  if (known !== null) change({ copies: known, table: new CodeTable(known) })
  await refreshCopies()
}

export function start(): void {
  change({ started: true })
}

const copiesName = (warehouseId: string) => `copies ${settings().company} ${warehouseId}`

/** Reads tasks, code table and places anew. Without a connection the old ones stay. */
export async function refreshCopies(atMost = 0): Promise<void> {
  const { warehouse, loading, copies } = state
  if (warehouse === null || loading) return
  if (copies !== null && Date.now() - copies.at < atMost) return
  change({ loading: true })
  try {
    const read = await loadCopies(warehouse.id)
    if (state.warehouse?.id === warehouse.id) {
      change({ copies: read, table: new CodeTable(read) })
      await keepQuietly(copiesName(warehouse.id), read)
    }
  } catch (error) {
    if (isProblem(error, 401)) change({ signedOut: true })
    else if (!(error instanceof NetworkFailure)) throw error
  } finally {
    change({ loading: false })
  }
}

export function refreshIfOld(): void {
  if (state.online) void refreshCopies(fresh)
}

/** Puts a command into the queue and sends at once when the server can be reached. */
export async function command(given: Omit<NewCommand, 'company' | 'person'>): Promise<Command> {
  const { me } = state
  if (me === null) throw new Error('nobody is signed in')
  const made = await addCommand({ ...given, company: me.company.slug, person: me.id })
  await refreshCommands()
  void send()
  return made
}

export async function refreshCommands(): Promise<void> {
  const slug = state.me?.company.slug
  if (slug === undefined) return
  try {
    change({ commands: await commandsOf(slug) })
  } catch {
    change({ keepsNothing: true })
  }
}

/** Sends what waits; several tabs take turns, and the keys make a repeat harmless. */
export async function send(): Promise<void> {
  const { me, sending } = state
  if (me === null || sending || !state.commands.some((each) => each.state === 'waiting')) return
  change({ sending: true })
  const before = state.commands
  try {
    const outcome = await inTurn(() =>
      sendWaiting({
        company: me.company.slug,
        person: me.id,
        send: ({ method, path, body, key, company }) =>
          call<{ number?: string | null } | null>(method, path, { body, key, company, anonymous: true }),
        changed: () => void refreshCommands(),
      }),
    )
    if (outcome === 'away') change({ online: false })
    if (outcome === 'signed-out') change({ signedOut: true })
  } finally {
    await refreshCommands()
    change({ sending: false })
  }
  const done = state.commands.some(
    (now) => now.state === 'done' && before.some((was) => was.seq === now.seq && was.state === 'waiting'),
  )
  if (done) await refreshCopies()
}

function inTurn<T>(work: () => Promise<T>): Promise<T> {
  return 'locks' in navigator ? (navigator.locks.request('zapas-send', work) as Promise<T>) : work()
}

async function catchUp(): Promise<void> {
  if (state.signedOut) return
  if (state.me === null || !state.online) return whoIsThere()
  await send()
}

async function keepQuietly(name: string, value: unknown): Promise<void> {
  try {
    await keep(name, value)
  } catch {
    change({ keepsNothing: true })
  }
}

/** Commands that are not done: `waiting` to be sent, `refused` for a person to decide about. */
export function openCommands(commands: readonly Command[]): { waiting: Command[]; refused: Command[] } {
  return {
    waiting: commands.filter((each) => each.state === 'waiting'),
    refused: commands.filter((each) => each.state === 'refused'),
  }
}
