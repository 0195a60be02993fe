import { Trans, useLingui } from '@lingui/react/macro'
import { Alert, Skeleton } from '@mantine/core'
import { useEffect, useRef, useState } from 'react'
import { type DrawnPage, drawPages } from './draw-pages.ts'
import classes from './pdf.module.css'

export interface PdfProps {
  /** Null: still on its way. */
  readonly file: Blob | null
  /** What it is, for screen readers: 'Invoice FV/2026/1'. */
  readonly label: string
  /** Small pages beside it, where there are several. */
  readonly thumbnails?: boolean
}

export default function PdfPages({ file, label, thumbnails = false }: PdfProps) {
  const { t } = useLingui()
  const [pages, setPages] = useState<readonly DrawnPage[]>([])
  /** The file that could not be drawn. */
  const [unreadable, setUnreadable] = useState<Blob | null>(null)
  const broken = file !== null && unreadable === file
  const frame = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (file === null) return undefined
    const stopped = new AbortController()
    const width = Math.min(frame.current?.clientWidth ?? 700, 900)
    drawPages(file, { width, stopped: stopped.signal, drawn: setPages }).catch((error: unknown) => {
      if (stopped.signal.aborted) return
      // Not the user's fault, and of no help to him: what is wrong with the file stands in the console.
      console.warn(error)
      setUnreadable(file)
    })
    return () => stopped.abort()
  }, [file])
  const count = pages.length
  return (
    <div className={classes.view}>
      {broken && (
        <Alert color="yellow" role="alert">
          <Trans>The file could not be shown. Open or save it instead.</Trans>
        </Alert>
      )}
      {thumbnails && count > 1 && (
        <ul className={classes.thumbnails} aria-label={t`Pages`}>
          {pages.map(({ number, picture }) => (
            <li key={number}>
              <button
                type="button"
                className={classes.thumbnail}
                aria-label={t`Go to page ${number}`}
                onClick={() =>
                  frame.current?.querySelector(`[data-page="${number}"]`)?.scrollIntoView({ block: 'start' })
                }
              >
                <img src={picture} alt="" />
                {number}
              </button>
            </li>
          ))}
        </ul>
      )}
      {/* A scroll area must be reachable by keyboard. */}
      {/* eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
      <div ref={frame} className={classes.pages} tabIndex={0} role="region" aria-label={label}>
        {count === 0 && !broken && <Skeleton height={420} />}
        {pages.map(({ number, picture, width, height }) => (
          <img
            key={number}
            data-page={number}
            className={classes.page}
            src={picture}
            width={width}
            height={height}
            alt={t`${label}, page ${number} of ${count}`}
          />
        ))}
      </div>
    </div>
  )
}
