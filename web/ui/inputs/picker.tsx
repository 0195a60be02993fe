import { Trans, useLingui } from '@lingui/react/macro'
import { Combobox, Loader, TextInput, type TextInputProps, useCombobox } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { type QueryClient, keepPreviousData, useQuery } from '@tanstack/react-query'
import { type FocusEvent, type KeyboardEvent, useRef, useState } from 'react'
import { dataKey } from '../../api/index.ts'
import classes from './picker.module.css'

export interface Choice {
  readonly id: string
  /** What the field shows when it is chosen. */
  readonly label: string
  readonly detail: string | null
  /** The very code, number or barcode that was asked for: Enter takes it at once. */
  readonly exact?: boolean
}

/** Where a picker's choices come from. */
export interface Choices {
  /** Tells one source from another in the cache. */
  readonly name: string
  /** For '' the first few of the list. */
  find(client: QueryClient, q: string): Promise<readonly Choice[]>
  one(client: QueryClient, id: string): Promise<Choice>
}

export interface PickerProps extends Omit<TextInputProps, 'value' | 'onChange' | 'defaultValue' | 'type'> {
  /** The id of what is chosen; null for nothing. */
  readonly value: string | null
  readonly onChange: (id: string | null, choice: Choice | null) => void
  /** Shown until the chosen one is known, so that a field with a value never looks empty. */
  readonly initialLabel?: string | undefined
}

interface Props extends PickerProps {
  readonly choices: Choices
}

/** Milliseconds of rest before the server is asked. */
const pause = 120

/** One field to find and choose a row of the server; the pickers beside it say of which list. */
export function Picker({
  value,
  onChange,
  initialLabel,
  choices,
  error,
  onBlur,
  onFocus,
  onKeyDown,
  ...rest
}: Props) {
  const { t } = useLingui()
  const combobox = useCombobox({ onDropdownClose: () => combobox.resetSelectedOption() })
  const field = useRef<HTMLInputElement>(null)
  /** What is typed; null while the field shows what is chosen. */
  const [text, setText] = useState<string | null>(null)
  const [asked] = useDebouncedValue((text ?? '').trim(), pause, { leading: true })
  /** Enter was pressed before the answer was there. */
  const [hasty, setHasty] = useState<string | null>(null)

  const found = useQuery({
    queryKey: dataKey('choices', choices.name, asked),
    queryFn: ({ client }) => choices.find(client, asked),
    enabled: combobox.dropdownOpened || hasty !== null,
    placeholderData: keepPreviousData,
  })
  const chosen = useQuery({
    queryKey: dataKey('choice', choices.name, value),
    queryFn: ({ client }) => choices.one(client, value ?? ''),
    enabled: value !== null && text === null,
  })
  const current = asked === (text ?? '').trim() && !found.isPlaceholderData
  // While the answer to what is typed is on its way, of the last one only what fits: Enter never takes another row.
  const options = (found.data ?? []).filter((choice) => current || fits(choice, text ?? ''))

  const choose = (choice: Choice | null) => {
    setText(null)
    setHasty(null)
    combobox.closeDropdown()
    onChange(choice?.id ?? null, choice)
  }
  // A scanner types a code and Enter faster than the server answers.
  if (hasty !== null && current && found.data !== undefined && hasty === asked) {
    const hit = options.find((option) => option.exact) ?? (options.length === 1 ? options[0] : undefined)
    setHasty(null)
    if (hit !== undefined) queueMicrotask(() => choose(hit))
  }

  const type = (words: string) => {
    setText(words)
    combobox.openDropdown()
    if (words.trim() === '') onChange(null, null)
  }
  const keyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    onKeyDown?.(event)
    if (event.defaultPrevented) return
    if (event.key === 'Escape' && combobox.dropdownOpened) event.stopPropagation()
    if (event.key !== 'Enter' || text === null || text.trim() === '') return
    const exact = current ? options.find((option) => option.exact) : undefined
    if (exact !== undefined) {
      event.preventDefault()
      event.stopPropagation()
      choose(exact)
    } else if (!current) {
      event.preventDefault()
      setHasty(text.trim())
    }
  }
  const blur = (event: FocusEvent<HTMLInputElement>) => {
    combobox.closeDropdown()
    const exact = current ? options.find((option) => option.exact) : undefined
    if (text !== null && text.trim() !== '' && exact !== undefined) choose(exact)
    else if (text?.trim() === '') setText(null)
    onBlur?.(event)
  }

  const label = chosen.data?.label ?? initialLabel ?? ''
  const shown = text ?? (value === null ? '' : label)
  const typed = text?.trim() ?? ''
  const typedOnly = typed !== '' && !combobox.dropdownOpened && hasty === null
  return (
    <Combobox
      store={combobox}
      onOptionSubmit={(id) => choose(options.find((option) => option.id === id) ?? null)}
      withinPortal
    >
      <Combobox.Target>
        <TextInput
          autoComplete="off"
          {...rest}
          ref={field}
          value={shown}
          onChange={(event) => type(event.currentTarget.value)}
          onFocus={(event) => {
            event.currentTarget.select()
            onFocus?.(event)
          }}
          onClick={() => combobox.openDropdown()}
          onBlur={blur}
          onKeyDown={keyDown}
          error={error ?? (typedOnly ? t`“${typed}” is not chosen from the list` : null)}
          rightSection={found.isFetching ? <Loader size={16} aria-hidden /> : <Combobox.Chevron />}
          rightSectionPointerEvents="none"
        />
      </Combobox.Target>
      <Combobox.Dropdown>
        <Combobox.Options mah={320} className={classes.options} aria-label={t`Choices`}>
          {options.map((option) => (
            <Combobox.Option key={option.id} value={option.id} active={option.id === value}>
              <span className={classes.label}>{option.label}</span>
              {option.detail !== null && <span className={classes.detail}>{option.detail}</span>}
            </Combobox.Option>
          ))}
          {options.length === 0 && (
            <Combobox.Empty>
              {found.isError ? (
                found.error.message
              ) : found.isFetching ? (
                <Trans>Searching …</Trans>
              ) : (
                <Trans>Nothing found</Trans>
              )}
            </Combobox.Empty>
          )}
        </Combobox.Options>
      </Combobox.Dropdown>
    </Combobox>
  )
}

function fits({ label, detail }: Choice, words: string): boolean {
  const said = `${label} ${detail ?? ''}`.toLowerCase()
  return words
    .toLowerCase()
    .split(/\s+/)
    .every((word) => said.includes(word))
}
