import { Trans, useLingui } from '@lingui/react/macro'
import { IconArrowLeft } from '@tabler/icons-react'
import { type ReactNode, useEffect, useRef } from 'react'
import { go } from '../path.ts'
import { Strip } from './strip.tsx'
import classes from './w.module.css'

interface Props {
  /** What to do now, in one sentence. */
  readonly title: string
  readonly children: ReactNode
  /** The one primary button. */
  readonly bottom?: ReactNode
  /** Where Back leads; none on the start page. */
  readonly back?: string
}

/** Every page: strip, one large sentence, what it is about, one button at the bottom. */
export function Screen({ title, children, bottom, back }: Props) {
  const { t } = useLingui()
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => {
    document.title = `${title} · Zapas`
  }, [title])
  useEffect(() => {
    // Fields that take scans take the focus themselves.
    if (document.activeElement === document.body) heading.current?.focus({ preventScroll: true })
  }, [])
  return (
    <div className={classes.page}>
      <Strip
        left={
          back !== undefined && (
            <button
              type="button"
              className={classes.button}
              data-plain
              aria-label={t`Back`}
              onClick={() => go(back)}
            >
              <IconArrowLeft size={28} aria-hidden />
            </button>
          )
        }
      />
      <main className={classes.main} id="content">
        <h1 className={classes.title} ref={heading} tabIndex={-1} data-page-title>
          {title}
        </h1>
        {children}
      </main>
      {bottom !== undefined && bottom !== null && <div className={classes.bottom}>{bottom}</div>}
    </div>
  )
}

/** While what was begun earlier is read. */
export function Reading() {
  return (
    <p className={classes.quiet} role="status">
      <Trans>Reading …</Trans>
    </p>
  )
}
