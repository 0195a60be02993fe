import type { ComponentProps, ReactNode } from 'react'
import classes from './tick-box.module.css'

interface Props extends Omit<ComponentProps<'input'>, 'type'> {
  readonly label: ReactNode
}

/** The browser's own tick box with its words: a page that has one or two needs no library for them. */
export function TickBox({ label, className, ...input }: Props) {
  return (
    <label className={className === undefined ? classes.tickBox : `${classes.tickBox} ${className}`}>
      <input type="checkbox" {...input} />
      <span>{label}</span>
    </label>
  )
}
