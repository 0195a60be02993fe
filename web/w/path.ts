import { useSyncExternalStore } from 'react'

/** The pages of the warehouse mode, by the part of the address behind `/w`. */
const watchers = new Set<() => void>()
addEventListener('popstate', () => tell())

function tell(): void {
  for (const told of watchers) told()
}

/** `/receive/<id>`; `/` is the start. */
export function usePath(): string {
  return useSyncExternalStore((told) => {
    watchers.add(told)
    return () => watchers.delete(told)
  }, herePath)
}

function herePath(): string {
  return location.pathname.replace(/^\/w(?=\/|$)/, '') || '/'
}

export function go(path: string, replace = false): void {
  const address = path === '/' ? '/w' : `/w${path}`
  if (replace) history.replaceState(null, '', address)
  else history.pushState(null, '', address)
  scrollTo(0, 0)
  tell()
}
