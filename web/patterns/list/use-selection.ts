import { useMemo, useRef, useState } from 'react'

export interface Selection {
  readonly ids: ReadonlySet<string>
  readonly all: boolean
  /** Some, but not all. */
  readonly some: boolean
  has(id: string): boolean
  /** With `range`, everything between the row chosen last and this one. */
  toggle(index: number, range: boolean): void
  readonly toggleAll: () => void
  /** Exactly these, shown or not. */
  set(ids: readonly string[]): void
  readonly clear: () => void
}

/** Which rows are chosen, by id, so that a list that grows or is read anew keeps them. */
export function useSelection(ids: readonly string[]): Selection {
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set())
  const last = useRef<number | null>(null)
  return useMemo(() => {
    const count = ids.filter((id) => chosen.has(id)).length
    return {
      ids: chosen,
      all: count > 0 && count === ids.length,
      some: count > 0 && count < ids.length,
      has: (id) => chosen.has(id),
      toggle(index, range) {
        const id = ids[index]
        if (id === undefined) return
        const on = !chosen.has(id)
        const from = range && last.current !== null ? last.current : index
        last.current = index
        const next = new Set(chosen)
        for (const each of ids.slice(Math.min(from, index), Math.max(from, index) + 1)) {
          if (on) next.add(each)
          else next.delete(each)
        }
        setChosen(next)
      },
      toggleAll() {
        last.current = null
        setChosen(count === ids.length ? new Set() : new Set(ids))
      },
      set(wanted) {
        last.current = null
        setChosen(new Set(wanted))
      },
      clear() {
        last.current = null
        setChosen(new Set())
      },
    }
  }, [chosen, ids])
}
