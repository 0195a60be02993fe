import { Trans } from '@lingui/react/macro'
import { type KeyboardEvent, useId } from 'react'
import classes from './decimal-input.module.css'
import { type DecimalText, useDecimalText } from './use-decimal-text.ts'

interface Props extends DecimalText {
  /** The name of the field: the head of its column and the row. */
  readonly label: string
  /** Behind the figure, inside the field: 'kg', 'EUR'. */
  readonly unit?: string | undefined
  readonly error?: string | null
  readonly onKeyDown?: (event: KeyboardEvent<HTMLInputElement>) => void
  readonly className?: string | undefined
  /** It takes the focus when the dialog opens. */
  readonly focused?: boolean
  /** What the keys of its table find it by. */
  readonly mark?: `data-${string}`
}

/**
 * A figure in a row of a table: as DecimalInput, and looks like it, of plain elements. A dialog of a hundred rows
 * draws as many at once, and the fields of the library take most of the time of that.
 */
export function DecimalCell({ label, unit, error, onKeyDown, className, focused, mark, ...props }: Props) {
  const text = useDecimalText(props)
  const id = useId()
  const { understood } = text
  const fault = error ?? text.fault
  const said = understood !== null || fault !== null
  return (
    <div className={`${classes.cell} ${className ?? ''}`}>
      <div className={classes.box} data-error={fault !== null || undefined}>
        <input
          className={classes.plain}
          type="text"
          inputMode="decimal"
          autoComplete="off"
          aria-label={label}
          aria-invalid={fault !== null || undefined}
          aria-describedby={said ? id : undefined}
          value={text.shown}
          onChange={text.change}
          onFocus={text.enter}
          onBlur={text.leave}
          onKeyDown={onKeyDown}
          style={unit === undefined ? undefined : { paddingInlineEnd: `${unit.length + 2}ch` }}
          {...(focused && { 'data-autofocus': true })}
          {...(mark !== undefined && { [mark]: true })}
        />
        {unit !== undefined && (
          <span className={classes.unit} aria-hidden>
            {unit}
          </span>
        )}
      </div>
      {said && (
        <div id={id} className={classes.said}>
          {understood !== null && (
            <span role="status">
              <Trans>Read as {understood}</Trans>
            </span>
          )}
          {fault !== null && <div className={classes.fault}>{fault}</div>}
        </div>
      )}
    </div>
  )
}
