import { type DBSchema, type IDBPDatabase, openDB } from 'idb'
import type { Scan } from '../scan/scan-queue.ts'
import type { Command } from './commands.ts'

/** What the warehouse mode keeps on the device. Everything carries the company, since one device may see several. */
interface Kept extends DBSchema {
  /** What is to be sent, in order. */
  commands: { key: number; value: Command }
  /** Work that was begun and not finished, by company, person and task. */
  works: { key: string; value: unknown }
  /** Copies of the server's data (code table, tasks, places) by company and name, and settings of the device. */
  copies: { key: string; value: unknown }
}

export type Database = IDBPDatabase<Kept>

let opened: Promise<Database> | null = null

/** Opened once. @throws where the browser keeps nothing (private windows of some). */
export function database(name = 'zapas-warehouse'): Promise<Database> {
  opened ??= openDB<Kept>(name, 1, {
    upgrade(db) {
      db.createObjectStore('commands', { keyPath: 'seq', autoIncrement: true })
      db.createObjectStore('works')
      db.createObjectStore('copies')
    },
    // Another tab with newer code waits for this one to let go.
    blocking(_old, _blocked, event) {
      ;(event.target as IDBDatabase).close()
      opened = null
    },
    terminated() {
      opened = null
    },
  })
  return opened
}

export async function keep(name: string, value: unknown): Promise<void> {
  await (await database()).put('copies', value, name)
}

/** What was kept under the name; null when nothing was. */
export async function kept<T>(name: string): Promise<T | null> {
  return ((await (await database()).get('copies', name)) as T | undefined) ?? null
}

export interface KeptWork<T> {
  readonly work: T
  /** Scans of which nothing had come yet. */
  readonly scans: readonly Scan[]
}

/** One record for both, so that a scan is either counted or still to be handled, whenever the page ends. */
export async function keepWork(name: string, work: object, scans: readonly Scan[] = []): Promise<void> {
  await (await database()).put('works', { ...work, scans }, name)
}

export async function keptWork<T>(name: string): Promise<KeptWork<T> | null> {
  const found = (await (await database()).get('works', name)) as { scans?: readonly Scan[] } | undefined
  if (found === undefined) return null
  const { scans = [], ...work } = found
  return { work: work as T, scans }
}

export async function dropWork(name: string): Promise<void> {
  await (await database()).delete('works', name)
}

/** Tasks with work that was begun, by the beginning of their name. */
export async function begunWorks(prefix: string): Promise<string[]> {
  const range = IDBKeyRange.bound(prefix, `${prefix}\uffff`)
  return (await (await database()).getAllKeys('works', range)).map(String)
}
