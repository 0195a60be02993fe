import { type PointerEvent, useState } from 'react'
import { moved, placesOf } from './column-order.ts'

/** So far (px) a pointer goes before a press is a drag. */
const slack = 6
/** So near the edge (px) of a table that is wider than its place it scrolls on, by so many with each move. */
const edge = { near: 48, step: 24 } as const

interface Asked {
  /** Shown columns in their order. */
  readonly columns: readonly string[]
  /** So many after the first stay in sight. */
  readonly pinned: number
  readonly onOrder: (columns: readonly string[]) => void
}

/** A column that is carried, and the edge of another one at which it would land. */
export interface Carried {
  readonly id: string
  readonly at: { readonly id: string; readonly side: 'before' | 'after' } | null
}

/**
 * Moves a column by its head, with a mouse or pen; a finger scrolls there. What it does, the menu of columns does by
 * keyboard. Esc lets go of it where it was.
 */
export function useColumnDrag({ columns, pinned, onOrder }: Asked) {
  const [carried, setCarried] = useState<Carried | null>(null)
  const start = (id: string) => (event: PointerEvent<HTMLTableCellElement>) => {
    const places = placesOf(columns, pinned, id)
    if (event.button !== 0 || event.pointerType === 'touch' || places === null) return
    const head = event.currentTarget
    const row = head.parentElement!
    const area = head.closest<HTMLElement>('[role="region"]')
    const from = event.clientX
    let order: readonly string[] | null = null
    const move = ({ clientX, pointerId }: globalThis.PointerEvent) => {
      if (order === null) {
        if (Math.abs(clientX - from) < slack) return
        // From here on the click is of the head and not of the button in it, which would sort.
        head.setPointerCapture(pointerId)
      }
      scrollOn(area, clientX)
      const others = columns.filter((each) => each !== id)
      const middleOf = (each: string): number => {
        const { left, width } = row
          .querySelector(`[data-column="${CSS.escape(each)}"]`)!
          .getBoundingClientRect()
        return left + width / 2
      }
      const within = others.slice(places.first, places.last)
      const place = places.first + within.filter((each) => middleOf(each) < clientX).length
      order = moved(columns, pinned, id, place)
      const next = others[place]
      const inside = next !== undefined && place < places.last
      const before = others[place - 1]!
      setCarried({ id, at: inside ? { id: next, side: 'before' } : { id: before, side: 'after' } })
    }
    const stop = () => {
      window.removeEventListener('pointermove', move)
      window.removeEventListener('pointerup', drop)
      window.removeEventListener('pointercancel', stop)
      window.removeEventListener('keydown', key, true)
      setCarried(null)
    }
    const drop = () => {
      stop()
      if (order !== null && order.join() !== columns.join()) onOrder(order)
    }
    const key = (pressed: KeyboardEvent) => {
      if (pressed.key !== 'Escape' || order === null) return
      pressed.preventDefault()
      pressed.stopPropagation()
      stop()
    }
    window.addEventListener('pointermove', move)
    window.addEventListener('pointerup', drop)
    window.addEventListener('pointercancel', stop)
    window.addEventListener('keydown', key, true)
  }
  return { carried, start }
}

function scrollOn(area: HTMLElement | null, x: number): void {
  if (area === null) return
  const { left, right } = area.getBoundingClientRect()
  if (x > right - edge.near) area.scrollBy({ left: edge.step })
  else if (x < left + edge.near) area.scrollBy({ left: -edge.step })
}
