import type { PointerEvent } from 'react'
import { fitting } from './column-widths.ts'
import classes from './list.module.css'

interface Props {
  /** While it is dragged. */
  readonly onDrag: (width: number) => void
  /** Let go; null: the usual width. */
  readonly onWidth: (width: number | null) => void
}

/** The edge of a column's head. What it does by pointer, the menu of columns does by keyboard. */
export function WidthHandle({ onDrag, onWidth }: Props) {
  const drag = (event: PointerEvent<HTMLSpanElement>) => {
    // The column itself stays where it is.
    event.stopPropagation()
    const handle = event.currentTarget
    const start = event.clientX - (handle.parentElement?.offsetWidth ?? 0)
    let moved = false
    const move = ({ clientX }: globalThis.PointerEvent) => {
      moved = true
      onDrag(fitting(clientX - start))
    }
    handle.setPointerCapture(event.pointerId)
    handle.addEventListener('pointermove', move)
    const end = ({ clientX }: globalThis.PointerEvent) => {
      handle.removeEventListener('pointermove', move)
      if (moved) onWidth(fitting(clientX - start))
    }
    handle.addEventListener('lostpointercapture', end, { once: true })
  }
  return (
    <span aria-hidden className={classes.grip} onPointerDown={drag} onDoubleClick={() => onWidth(null)} />
  )
}
