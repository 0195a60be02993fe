import { Trans } from '@lingui/react/macro'
import { type ComponentProps, useId } from 'react'
import classes from './decimal-input.module.css'
import { type DecimalText, useDecimalText } from './use-decimal-text.ts'

interface Props
  extends
    DecimalText,
    Omit<
      ComponentProps<'input'>,
      'value' | 'onChange' | 'onFocus' | 'onBlur' | 'type' | 'inputMode' | 'style'
    > {
  /** Behind the figure, inside the field: 'kg', 'EUR'. */
  readonly unit?: string | undefined
  readonly error?: string | null
}

/**
 * A figure in a row of a table: as DecimalInput, and looks like it, of plain elements, for a dialog has a field or two
 * in every row. `className` is for the whole, everything else for the input.
 */
export function DecimalCell({
  value,
  onChange,
  allowNegative,
  maxDecimals,
  unit,
  error,
  className,
  ...rest
}: Props) {
  const text = useDecimalText({ value, onChange, allowNegative, maxDecimals })
  const id = useId()
  const { understood } = text
  const fault = error ?? text.fault
  const said = understood !== null || fault !== null
  return (
    <div className={className}>
      <div className={classes.box} data-error={fault !== null || undefined}>
        <input
          autoComplete="off"
          {...rest}
          className={classes.plain}
          type="text"
          inputMode="decimal"
          aria-invalid={fault !== null || undefined}
          aria-describedby={said ? id : undefined}
          value={text.shown}
          onChange={text.change}
          onFocus={text.enter}
          onBlur={text.leave}
          style={unit === undefined ? undefined : { paddingInlineEnd: `${unit.length + 2}ch` }}
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
