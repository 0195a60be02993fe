import { useLingui } from '@lingui/react/macro'
import { useEffect, useRef } from 'react'
import classes from './templates.module.css'

interface Props {
  readonly value: string
  readonly onChange: (text: string) => void
  readonly disabled: boolean
  /** Lines at fault, from 1. */
  readonly faulty: ReadonlySet<number>
  /** Goes there when it changes: a fault was chosen. */
  readonly goTo: { readonly line: number } | null
}

/** Text with numbers of lines beside it. A plain field: what the browser can do with text stays. */
export function SourceField({ value, onChange, disabled, faulty, goTo }: Props) {
  const { t } = useLingui()
  const field = useRef<HTMLTextAreaElement>(null)
  const numbers = useRef<HTMLOListElement>(null)
  const lines = value.split('\n').length
  useEffect(() => {
    const area = field.current
    if (goTo === null || area === null) return
    const before = area.value.split('\n').slice(0, goTo.line - 1)
    const start = before.reduce((sum, line) => sum + line.length + 1, 0)
    const end = area.value.indexOf('\n', start)
    area.focus()
    area.setSelectionRange(start, end < 0 ? area.value.length : end)
    area.scrollTop = Math.max(0, (area.scrollHeight / area.value.split('\n').length) * (goTo.line - 4))
  }, [goTo])
  return (
    <div className={classes.source}>
      <ol ref={numbers} className={classes.numbers} aria-hidden>
        {Array.from({ length: lines }, (_, index) => (
          // Lines have no name but their number.
          // eslint-disable-next-line react/no-array-index-key
          <li key={index} data-faulty={faulty.has(index + 1) || undefined}>
            {index + 1}
          </li>
        ))}
      </ol>
      <textarea
        ref={field}
        className={classes.text}
        aria-label={t`Text of the template`}
        aria-invalid={faulty.size > 0}
        aria-describedby="template-faults"
        value={value}
        readOnly={disabled}
        spellCheck={false}
        autoCapitalize="off"
        autoCorrect="off"
        wrap="off"
        maxLength={100_000}
        onChange={(event) => onChange(event.currentTarget.value)}
        onScroll={(event) => {
          if (numbers.current !== null) numbers.current.scrollTop = event.currentTarget.scrollTop
        }}
      />
    </div>
  )
}
