import { IconCheck, IconX } from '@tabler/icons-react'
import { useEffect, useState, useSyncExternalStore } from 'react'
import { lastFlash, watchFlash } from '../feedback.ts'
import classes from './w.module.css'

const shownFor = { done: 350, new: 450, error: 900 } as const

/** A coloured frame with an icon, and the same in words for screen readers. */
export function Flashes() {
  const flash = useSyncExternalStore(watchFlash, lastFlash)
  /** The last one whose time is over. */
  const [over, setOver] = useState(0)
  useEffect(() => {
    const timer = setTimeout(() => setOver(flash.count), shownFor[flash.tone])
    return () => clearTimeout(timer)
  }, [flash])
  const Icon = flash.tone === 'error' ? IconX : IconCheck
  return (
    <>
      {flash.count > over && (
        <div className={classes.flash} data-tone={flash.tone} aria-hidden>
          <span className={classes.flashIcon}>
            <Icon size={48} stroke={3} />
          </span>
        </div>
      )}
      <div className="visually-hidden" aria-live="assertive">
        {flash.tone === 'error' ? flash.text : ''}
      </div>
      <div className="visually-hidden" aria-live="polite">
        {flash.tone === 'error' ? '' : flash.text}
      </div>
    </>
  )
}
