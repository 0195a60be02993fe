import { useLingui } from '@lingui/react/macro'
import { ActionIcon, Popover, TextInput, type TextInputProps } from '@mantine/core'
import { IconCalendar } from '@tabler/icons-react'
import {
  type ChangeEvent,
  type FocusEvent,
  type KeyboardEvent,
  Suspense,
  lazy,
  useRef,
  useState,
} from 'react'
import { useToday } from '../../session/index.ts'
import { useFormat } from '../format.ts'
import { readDate } from './date-text.ts'

// The calendar comes when it is opened first; typing needs none.
const Calendar = lazy(() => import('./calendar.tsx'))

export interface DateFieldProps extends Omit<TextInputProps, 'value' | 'onChange' | 'type' | 'defaultValue'> {
  /** `YYYY-MM-DD`, '' for none, or what was typed when it is no date. */
  readonly value: string
  /** Given the date read; text that is no date is given as it is, so that saving can refuse it (`isDate`). */
  readonly onChange: (value: string) => void
}

export function isDate(value: string): boolean {
  return /^\d{4}-\d{2}-\d{2}$/.test(value) && readDate(value, value) === value
}

/**
 * A calendar date that is typed (`24.11`, `24112026`, `+30`, `t`) or picked (the button, or Alt and arrow
 * down). Shows what it understood as soon as it is left.
 */
export function DateField({ value, onChange, error, onFocus, onBlur, onKeyDown, ...rest }: DateFieldProps) {
  const { t } = useLingui()
  const format = useFormat()
  const today = useToday()
  const field = useRef<HTMLInputElement>(null)
  const [text, setText] = useState<string | null>(null)
  const [open, setOpen] = useState(false)

  const change = (event: ChangeEvent<HTMLInputElement>) => {
    const asked = event.currentTarget.value
    setText(asked)
    onChange(readDate(asked, today) ?? asked.trim())
  }
  const pick = (date: string) => {
    setText(null)
    setOpen(false)
    onChange(date)
    field.current?.focus()
  }
  const focus = (event: FocusEvent<HTMLInputElement>) => {
    event.currentTarget.select()
    onFocus?.(event)
  }
  const blur = (event: FocusEvent<HTMLInputElement>) => {
    setText(null)
    onBlur?.(event)
  }
  const keyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    if (event.altKey && event.key === 'ArrowDown') {
      event.preventDefault()
      setOpen(true)
    }
    if (event.key === 'Escape' && open) {
      event.stopPropagation()
      setOpen(false)
    }
    onKeyDown?.(event)
  }

  const known = isDate(value)
  const fault = text === null && value !== '' && !known ? t`“${value}” is not a date` : null
  return (
    <TextInput
      autoComplete="off"
      {...rest}
      ref={field}
      value={text ?? (known ? format.date(value) : value)}
      onChange={change}
      onFocus={focus}
      onBlur={blur}
      onKeyDown={keyDown}
      error={error ?? fault}
      rightSection={
        // The button is what opens the calendar; a text field may not say that it is expanded.
        <Popover
          opened={open}
          onChange={setOpen}
          position="bottom-end"
          trapFocus
          returnFocus
          withinPortal
          shadow="md"
        >
          <Popover.Target>
            <ActionIcon
              variant="subtle"
              color="gray"
              aria-label={t`Choose a date`}
              disabled={rest.disabled === true || rest.readOnly === true}
              onClick={() => setOpen(!open)}
            >
              <IconCalendar size={18} aria-hidden />
            </ActionIcon>
          </Popover.Target>
          <Popover.Dropdown aria-label={t`Choose a date`}>
            {open && (
              <Suspense fallback={null}>
                <Calendar value={known ? value : null} today={today} onPick={pick} />
              </Suspense>
            )}
          </Popover.Dropdown>
        </Popover>
      }
    />
  )
}
