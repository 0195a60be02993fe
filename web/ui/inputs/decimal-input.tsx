import { Trans } from '@lingui/react/macro'
import { TextInput, type TextInputProps } from '@mantine/core'
import classes from './decimal-input.module.css'
import { type DecimalText, useDecimalText } from './use-decimal-text.ts'

const inputClasses = { input: classes.figure! }

export interface DecimalInputProps
  extends
    DecimalText,
    Omit<
      TextInputProps,
      'value' | 'onChange' | 'type' | 'inputMode' | 'defaultValue' | 'classNames' | 'styles'
    > {
  /** Behind the figure, inside the field: 'kg', 'EUR'. */
  readonly unit?: string | undefined
}

/**
 * A figure as text: exact, without spinner and wheel. Takes both decimal signs and grouped figures, and says
 * how it read what can be read in two ways.
 */
export function DecimalInput({
  value,
  onChange,
  unit,
  allowNegative,
  maxDecimals,
  error,
  description,
  onFocus,
  onBlur,
  ...rest
}: DecimalInputProps) {
  const text = useDecimalText({ value, onChange, allowNegative, maxDecimals })
  const { understood } = text
  return (
    <TextInput
      autoComplete="off"
      {...rest}
      type="text"
      inputMode="decimal"
      value={text.shown}
      onChange={text.change}
      onFocus={(event) => {
        text.enter(event)
        onFocus?.(event)
      }}
      onBlur={(event) => {
        text.leave()
        onBlur?.(event)
      }}
      error={error ?? text.fault}
      description={
        understood === null ? (
          description
        ) : (
          <span role="status">
            <Trans>Read as {understood}</Trans>
          </span>
        )
      }
      inputWrapperOrder={['label', 'input', 'description', 'error']}
      rightSection={unit === undefined ? rest.rightSection : <span aria-hidden>{unit}</span>}
      rightSectionWidth={unit === undefined ? rest.rightSectionWidth : `${unit.length + 2}ch`}
      rightSectionPointerEvents={unit === undefined ? rest.rightSectionPointerEvents : 'none'}
      classNames={inputClasses}
    />
  )
}
