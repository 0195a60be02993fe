import { Trans, useLingui } from '@lingui/react/macro'
import { TextInput, type TextInputProps } from '@mantine/core'
import { type ChangeEvent, type FocusEvent, useLayoutEffect, useRef, useState } from 'react'
import { useFormat } from '../format.ts'
import classes from './decimal-input.module.css'
import { decimalsOf, isDecimal, readDecimal, typed } from './decimal-text.ts'

const inputClasses = { input: classes.figure! }

export interface DecimalInputProps extends Omit<
  TextInputProps,
  'value' | 'onChange' | 'type' | 'inputMode' | 'defaultValue' | 'classNames' | 'styles'
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
  ...rest
}: DecimalInputProps) {
  const { t } = useLingui()
  const format = useFormat()
  /** What is typed right now; null while the field shows its value. */
  const [text, setText] = useState<string | null>(null)
  const [ambiguous, setAmbiguous] = useState(false)
  /** The value as it was last seen, and as this field last gave it. */
  const [known, setKnown] = useState({ seen: value, given: value })
  if (value !== known.seen) {
    setKnown({ ...known, seen: value })
    // Filled in from outside while the focus is in here: '=' takes what is expected.
    if (text !== null && value !== known.given)
      setText(isDecimal(value) ? typed(value, format.language) : value)
  }
  /** Just entered: its text becomes another one ('1,234' is typed as '1234'), which would drop the selection. */
  const entered = useRef<HTMLInputElement | null>(null)
  useLayoutEffect(() => {
    if (text === null) return
    entered.current?.select()
    entered.current = null
  }, [text])

  const change = (event: ChangeEvent<HTMLInputElement>) => {
    const asked = event.currentTarget.value
    const read = readDecimal(asked, format.language)
    setText(asked)
    setAmbiguous(read?.ambiguous ?? false)
    const given = asked.trim() === '' ? '' : (read?.value ?? asked.trim())
    setKnown((before) => ({ ...before, given }))
    onChange(given)
  }
  const focus = (event: FocusEvent<HTMLInputElement>) => {
    entered.current = event.currentTarget
    setText(isDecimal(value) ? typed(value, format.language) : value)
    setAmbiguous(false)
    setKnown({ seen: value, given: value })
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
      classNames={inputClasses}
    />
  )
}
