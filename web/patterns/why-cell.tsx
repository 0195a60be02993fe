import { useLingui } from '@lingui/react/macro'
import { type ReactNode, Suspense, lazy, useState } from 'react'
import classes from './why-frame.module.css'

/** Comes when the first figure is asked. */
const WhyFrame = lazy(async () => ({ default: (await import('./why-frame.tsx')).WhyFrame }))

interface Props {
  readonly children: ReactNode
  /** What it consists of, a component that is loaded when it is drawn: once it is asked. */
  readonly because: ReactNode
  /** What is explained, for screen readers. */
  readonly name: string
}

/**
 * A figure of a list's row that can be asked why. Until somebody does it is a plain button, since there are many of
 * them: no row grows by what it might say.
 */
export function WhyCell({ children, because, name }: Props) {
  const { t } = useLingui()
  const [asked, setAsked] = useState(false)
  const plain = (
    <button
      type="button"
      className={classes.plain}
      data-side="end"
      title={t`Why?`}
      onClick={(event) => {
        // The row that it stands in leads elsewhere.
        event.stopPropagation()
        setAsked(true)
      }}
    >
      {children}
    </button>
  )
  if (!asked) return plain
  return (
    <Suspense fallback={plain}>
      <WhyFrame
        asked
        side="end"
        width={380}
        name={name}
        because={<Suspense fallback={null}>{because}</Suspense>}
      >
        {children}
      </WhyFrame>
    </Suspense>
  )
}
