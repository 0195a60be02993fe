import { useLingui } from '@lingui/react/macro'
import { type ChangeEvent, type FocusEvent, useLayoutEffect, useRef, useState } from 'react'
import { useFormat } from '../format.ts'
import { decimalsOf, isDecimal, readDecimal, typed } from './decimal-text.ts'

export interface DecimalText {
  /** A plain decimal (`1234.5`), '' for nothing, or what was typed when it is no figure. */
  readonly value: string
  /** Given what was read; text that is no figure is given as it is, so that saving can refuse it (`isDecimal`). */
  readonly onChange: (value: string) => void
  readonly allowNegative?: boolean | undefined
  /** More are refused with a sentence, and never rounded away. */
  readonly maxDecimals?: number | undefined
}

/**
 * A figure as the text of a field: exact, taking both decimal signs and grouped figures. While the focus is in the
 * field it stands as it is typed, else as it is written in this language.
 */
export function useDecimalText({ value, onChange, allowNegative = false, maxDecimals = 6 }: DecimalText) {
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

  const fault = (): string | null => {
    if (text !== null || value === '') return null
    if (!isDecimal(value)) return t`“${value}” is not a number`
    if (!allowNegative && value.startsWith('-')) return t`A negative number is not possible here`
    if (decimalsOf(value) > maxDecimals) return t`At most ${maxDecimals} decimals`
    return null
  }
  return {
    shown: text ?? (isDecimal(value) ? format.number(value) : value),
    /** What is wrong with it, said once the focus has left; null: nothing. */
    fault: fault(),
    /** How it was read, where it can be read in two ways; null: in one. */
    understood: ambiguous && isDecimal(value) ? format.number(value) : null,
    change: (event: ChangeEvent<HTMLInputElement>) => {
      const asked = event.currentTarget.value
      const read = readDecimal(asked, format.language)
      setText(asked)
      setAmbiguous(read?.ambiguous ?? false)
      const given = asked.trim() === '' ? '' : (read?.value ?? asked.trim())
      setKnown((before) => ({ ...before, given }))
      onChange(given)
    },
    enter: (event: FocusEvent<HTMLInputElement>) => {
      entered.current = event.currentTarget
      setText(isDecimal(value) ? typed(value, format.language) : value)
      setAmbiguous(false)
      setKnown({ seen: value, given: value })
    },
    leave: () => setText(null),
  }
}
