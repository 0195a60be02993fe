import { Trans, useLingui } from '@lingui/react/macro'
import { TextInput, type TextInputProps } from '@mantine/core'
import { type ChangeEvent, type FocusEvent, useState } from 'react'
import { useFormat } from '../format.ts'
import { decimalsOf, isDecimal, readDecimal, typed } from './decimal-text.ts'

export interface DecimalInputProps extends Omit<
  TextInputProps,
  'value' | 'onChange' | 'type' | 'inputMode' | 'defaultValue'
> {
  /** A plain decimal (`1234.5`), '' for nothing, or what was typed when it is no figure. */
  readonly value: string
  /** Given what was read; text that is no figure is given as it is, so that saving can refuse it (`isDecimal`). */
  readonly onChange: (value: string) => void
  /** Behind the figure, inside the field: 'kg', 'EUR'. */
  readonly unit?: string | undefined
  readonly allowNegative?: boolean
  /** More are refused with a sentence, and never rounded away. */
  readonly maxDecimals?: number
}

/**
 * A figure as text: exact, without spinner and wheel. Takes both decimal signs and grouped figures, and says
 * how it read what can be read in two ways.
 */
export function DecimalInput({
  value,
  onChange,
  unit,
  allowNegative = false,
  maxDecimals = 6,
  error,
  description,
  onFocus,
  onBlur,
  styles,
  ...rest
}: DecimalInputProps) {
  const { t } = useLingui()
  const format = useFormat()
  /** What is typed right now; null while the field shows its value. */
  const [text, setText] = useState<string | null>(null)
  const [ambiguous, setAmbiguous] = useState(false)

  const change = (event: ChangeEvent<HTMLInputElement>) => {
    const asked = event.currentTarget.value
    const read = readDecimal(asked, format.language)
    setText(asked)
    setAmbiguous(read?.ambiguous ?? false)
    onChange(asked.trim() === '' ? '' : (read?.value ?? asked.trim()))
  }
  const focus = (event: FocusEvent<HTMLInputElement>) => {
    setText(isDecimal(value) ? typed(value, format.language) : value)
    setAmbiguous(false)
    onFocus?.(event)
  }
  const blur = (event: FocusEvent<HTMLInputElement>) => {
    setText(null)
    onBlur?.(event)
  }

  const fault = (): string | null => {
    if (text !== null || value === '') return null
    if (!isDecimal(value)) return t`“${value}” is not a number`
    if (!allowNegative && value.startsWith('-')) return t`A negative number is not possible here`
    if (decimalsOf(value) > maxDecimals) return t`At most ${maxDecimals} decimals`
    return null
  }
  const shown = text ?? (isDecimal(value) ? format.number(value) : value)
  const understood = ambiguous && isDecimal(value) ? format.number(value) : null
  return (
    <TextInput
      autoComplete="off"
      {...rest}
      type="text"
      inputMode="decimal"
      value={shown}
      onChange={change}
      onFocus={focus}
      onBlur={blur}
      error={error ?? fault()}
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
      styles={{
        ...(typeof styles === 'object' ? styles : {}),
        input: { textAlign: 'right', fontVariantNumeric: 'tabular-nums' },
      }}
    />
  )
}
