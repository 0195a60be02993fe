import { useLingui } from '@lingui/react/macro'
import { IconCamera, IconKeyboard } from '@tabler/icons-react'
import { Suspense, lazy, useEffect, useRef, useState } from 'react'
import { scanField, scans, useWaitingScans } from '../scan/scanner.ts'
import { Button } from './button.tsx'
import classes from './w.module.css'

const Camera = lazy(() => import('../camera/camera.tsx'))

interface Props {
  /** What is to be scanned. */
  readonly label: string
}

/**
 * Keeps the focus, so that any scanner finds it; no screen keyboard pops up until it is asked for. What is typed by
 * hand and ended with Enter is a scan like any other.
 */
export function ScanField({ label }: Props) {
  const { t } = useLingui()
  const input = useRef<HTMLInputElement>(null)
  const [typing, setTyping] = useState(false)
  const [camera, setCamera] = useState(false)
  const waiting = useWaitingScans()
  useEffect(() => {
    const element = input.current!
    scanField(element)
    element.focus({ preventScroll: true })
    const back = () => {
      // Only when nothing else has it: a quantity being keyed keeps it.
      setTimeout(() => {
        if (document.activeElement === document.body) element.focus({ preventScroll: true })
      }, 0)
    }
    document.addEventListener('focusout', back)
    document.addEventListener('click', back)
    return () => {
      scanField(null)
      document.removeEventListener('focusout', back)
      document.removeEventListener('click', back)
    }
  }, [])
  const take = () => {
    const element = input.current!
    const code = element.value.trim()
    element.value = ''
    if (code !== '') scans.take(code)
  }
  return (
    <div className={classes.stack}>
      <form
        className={classes.field}
        onSubmit={(event) => {
          event.preventDefault()
          take()
        }}
      >
        <label htmlFor="scan">{label}</label>
        <span className={classes.scan}>
          <input
            ref={input}
            id="scan"
            className={classes.input}
            inputMode={typing ? 'text' : 'none'}
            enterKeyHint="done"
            autoComplete="off"
            autoCapitalize="off"
            autoCorrect="off"
            spellCheck={false}
          />
          <Button
            label={t`Keyboard`}
            pressed={typing}
            onClick={() => {
              setTyping(!typing)
              input.current!.focus()
            }}
          >
            <IconKeyboard size={28} aria-hidden />
          </Button>
          <Button label={t`Camera`} pressed={camera} onClick={() => setCamera(!camera)}>
            <IconCamera size={28} aria-hidden />
          </Button>
        </span>
      </form>
      {waiting > 0 && (
        <p className={classes.quiet} role="status">
          {t`Scans waiting: ${waiting}`}
        </p>
      )}
      {camera && (
        <Suspense fallback={<p className={classes.quiet}>{t`Starting the camera …`}</p>}>
          <Camera />
        </Suspense>
      )}
    </div>
  )
}
