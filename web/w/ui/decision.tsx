import { useEffect, useRef } from 'react'
import { IconAlertTriangle } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { Button } from './button.tsx'
import classes from './w.module.css'

/** What a person has to decide before scanning goes on. */
export interface Decision {
  /** What happened, with the code or the limit. */
  readonly title: string
  readonly text?: string
  readonly children?: ReactNode
  readonly actions: readonly { readonly label: string; readonly run: () => void }[]
}

export function DecisionCard({ decision }: { readonly decision: Decision }) {
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => heading.current?.focus(), [])
  return (
    <section className={classes.card} data-tone="danger" role="alert">
      <h2 className={classes.name} ref={heading} tabIndex={-1}>
        <IconAlertTriangle size={28} aria-hidden style={{ verticalAlign: '-0.25em' }} /> {decision.title}
      </h2>
      {decision.text !== undefined && <p style={{ margin: 0 }}>{decision.text}</p>}
      {decision.children}
      <div className={classes.stack}>
        {decision.actions.map(({ label, run }) => (
          <Button key={label} onClick={run}>
            {label}
          </Button>
        ))}
      </div>
    </section>
  )
}
