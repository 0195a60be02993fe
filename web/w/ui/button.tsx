import type { ReactNode } from 'react'
import classes from './w.module.css'

interface Props {
  readonly children: ReactNode
  readonly onClick?: () => void
  readonly primary?: boolean
  readonly plain?: boolean
  readonly pressed?: boolean
  /** Why it cannot be pressed now; it keeps its place and is read out. */
  readonly refused?: string | null
  readonly label?: string
  readonly submit?: boolean
}

/** At least 56 px, for gloves. */
export function Button({ children, onClick, primary, plain, pressed, refused = null, label, submit }: Props) {
  return (
    <button
      type={submit === true ? 'submit' : 'button'}
      className={classes.button}
      data-primary={primary === true || undefined}
      data-plain={plain === true || undefined}
      aria-pressed={pressed}
      aria-disabled={refused !== null || undefined}
      aria-label={label}
      title={refused ?? undefined}
      onClick={(event) => {
        if (refused !== null) event.preventDefault()
        else onClick?.()
      }}
    >
      {children}
    </button>
  )
}
