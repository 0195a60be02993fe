import type { Meter } from './description.ts'
import classes from './document.module.css'
import { Why } from './why.tsx'

interface Props {
  readonly id: string
  readonly meters: readonly Meter[]
  readonly currency: string
}

/** How far a document is, one bar with its words for each thing that can be far; a click says why. */
export function Meters({ id, meters, currency }: Props) {
  if (meters.length === 0) return null
  return (
    <ul className={classes.meters}>
      {meters.map((meter) => (
        <li key={meter.id}>
          {meter.explained === null ? (
            <span>{meter.text}</span>
          ) : (
            <Why id={id} field={meter.explained} currency={currency}>
              {meter.text}
            </Why>
          )}
          <span className={classes.bar} aria-hidden data-tone={meter.tone}>
            <span style={{ width: `${Math.round(Math.min(Math.max(meter.done, 0), 1) * 100)}%` }} />
          </span>
        </li>
      ))}
    </ul>
  )
}
