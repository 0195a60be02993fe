import { useNavigate, useSearch } from '@tanstack/react-router'

/** What a page was asked for, as it stands in its address: a link shows the same page again. */
export function useAddress() {
  const navigate = useNavigate()
  const search: Readonly<Record<string, unknown>> = useSearch({ strict: false })
  /** '' where nothing is said. */
  const asked = (name: string): string => {
    const value = search[name]
    return typeof value === 'string' || typeof value === 'number' ? String(value) : ''
  }
  /** Null and '' take a field out. */
  const set = (change: Readonly<Record<string, string | null>>): void => {
    const next: Record<string, unknown> = { ...search }
    for (const [name, value] of Object.entries(change))
      if (value === null || value === '') delete next[name]
      else next[name] = value
    void navigate({ to: '.', search: next as never, replace: true, resetScroll: false })
  }
  return { asked, set }
}
