import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Figures } from './figures.ts'

export const folder = fileURLToPath(new URL('kept', import.meta.url))

/** Somebody who can sign in to every kept company. */
export const person = {
  email: 'kept@example.com',
  name: 'Kept Person',
  password: 'correct-horse-battery-1',
  role: 'owner',
} as const

export interface KeptRelease {
  readonly version: string
  /** Of a company that has every kind of document, made by that release. */
  readonly backup: string
  /** What that release said of it. */
  readonly figures: Figures
}

/** The oldest first. */
export function keptReleases(): KeptRelease[] {
  return readdirSync(folder)
    .flatMap((name) => /^(.+)\.tar\.zst$/.exec(name)?.[1] ?? [])
    .toSorted((a, b) => a.localeCompare(b, 'en', { numeric: true }))
    .map((version) => ({
      version,
      backup: join(folder, `${version}.tar.zst`),
      figures: JSON.parse(readFileSync(join(folder, `${version}.json`), 'utf8')) as Figures,
    }))
}
