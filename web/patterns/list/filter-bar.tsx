import { Plural, Trans, useLingui } from '@lingui/react/macro'
import { Button, CloseButton, Drawer, Group, Popover, Stack, TextInput, UnstyledButton } from '@mantine/core'
import { useDebouncedCallback } from '@mantine/hooks'
import { IconChevronLeft, IconFilter, IconPlus, IconSearch, IconX } from '@tabler/icons-react'
import { type RefObject, useEffect, useRef, useState } from 'react'
import { usePhone } from '../use-screen.ts'
import type { ListDescription, ListFilter } from './description.ts'
import { FilterEditor } from './filter-editor.tsx'
import { FilterValue } from './filter-value.tsx'
import classes from './list.module.css'
import type { ListState } from './use-list-state.ts'

interface Props<Row> {
  readonly list: ListDescription<Row>
  readonly state: ListState
  readonly field: RefObject<HTMLInputElement | null>
}

/** Word, chips of the filters that are set, and `+ Filter`; on a phone the filters stand in a sheet. */
export function FilterBar<Row>({ list, state, field }: Props<Row>) {
  const phone = usePhone()
  const set = list.filters.filter((filter) => (state.values[filter.id] ?? '') !== '')
  return (
    <Group gap="xs" className={classes.filters}>
      {list.searchable !== false && <SearchField list={list} state={state} field={field} />}
      {phone ? (
        list.filters.length > 0 && <FilterSheet list={list} state={state} set={set.length} />
      ) : (
        <>
          {set.map((filter) => (
            <FilterChip key={filter.id} filter={filter} state={state} />
          ))}
          {set.length < list.filters.length && <AddFilter list={list} state={state} />}
          {state.narrowed && <ClearFilters state={state} />}
        </>
      )}
    </Group>
  )
}

function ClearFilters({ state }: { readonly state: ListState }) {
  return (
    <Button variant="subtle" size="compact-sm" onClick={state.reset}>
      <Trans>Clear filters</Trans>
    </Button>
  )
}

function SearchField<Row>({ list, state, field }: Props<Row>) {
  const { t, i18n } = useLingui()
  const [text, setText] = useState(state.q)
  const typing = useRef(false)
  const send = useDebouncedCallback((value: string) => {
    typing.current = false
    state.set({ q: value.trim() })
  }, 200)
  useEffect(() => {
    if (!typing.current) setText(state.q)
  }, [state.q])
  const type = (value: string) => {
    typing.current = true
    setText(value)
    send(value)
  }
  return (
    <TextInput
      ref={field}
      type="search"
      aria-label={t`Find in this list`}
      aria-keyshortcuts="/"
      placeholder={list.searchHint === undefined ? t`Find` : i18n._(list.searchHint)}
      leftSection={<IconSearch size={16} aria-hidden />}
      rightSection={
        text === '' ? null : <CloseButton size="sm" aria-label={t`Clear`} onClick={() => type('')} />
      }
      value={text}
      onChange={(event) => type(event.currentTarget.value)}
      onKeyDown={(event) => {
        if (event.key === 'Escape' && text !== '') {
          event.preventDefault()
          event.stopPropagation()
          type('')
        }
      }}
      className={classes.search}
    />
  )
}

function FilterChip({ filter, state }: { readonly filter: ListFilter; readonly state: ListState }) {
  const { i18n, t } = useLingui()
  const [opened, setOpened] = useState(false)
  const label = i18n._(filter.label)
  const value = state.values[filter.id] ?? ''
  return (
    <span className={classes.chip}>
      <Popover opened={opened} onChange={setOpened} trapFocus withinPortal position="bottom-start">
        <Popover.Target>
          <UnstyledButton className={classes.chipText} onClick={() => setOpened((is) => !is)}>
            {filter.type === 'flag' && value === 'true' ? (
              label
            ) : (
              <Trans>
                {label} is{' '}
                <b>
                  <FilterValue filter={filter} value={value} />
                </b>
              </Trans>
            )}
          </UnstyledButton>
        </Popover.Target>
        <Popover.Dropdown>
          <FilterEditor
            alone
            filter={filter}
            value={value}
            onChange={(next) => {
              setOpened(false)
              state.set({ [filter.id]: next })
            }}
          />
        </Popover.Dropdown>
      </Popover>
      <UnstyledButton
        className={classes.chipClose}
        aria-label={t`Remove filter ${label}`}
        onClick={() => state.set({ [filter.id]: null })}
      >
        <IconX size={14} aria-hidden />
      </UnstyledButton>
    </span>
  )
}

function AddFilter<Row>({ list, state }: Omit<Props<Row>, 'field'>) {
  const { i18n } = useLingui()
  const [opened, setOpened] = useState(false)
  const [chosen, setChosen] = useState<ListFilter | null>(null)
  const free = list.filters.filter((filter) => (state.values[filter.id] ?? '') === '')
  const close = () => {
    setOpened(false)
    setChosen(null)
  }
  return (
    <Popover
      opened={opened}
      onChange={(open) => (open ? setOpened(true) : close())}
      trapFocus
      returnFocus
      withinPortal
      position="bottom-start"
    >
      <Popover.Target>
        <Button
          variant="default"
          size="compact-md"
          leftSection={<IconPlus size={14} aria-hidden />}
          onClick={() => (opened ? close() : setOpened(true))}
        >
          <Trans>Filter</Trans>
        </Button>
      </Popover.Target>
      <Popover.Dropdown>
        {chosen === null ? (
          <div className={classes.choices} role="group">
            {free.map((filter) => (
              <button
                key={filter.id}
                type="button"
                className={classes.choice}
                onClick={() => {
                  if (filter.type !== 'flag') return setChosen(filter)
                  close()
                  state.set({ [filter.id]: 'true' })
                }}
              >
                {i18n._(filter.label)}
              </button>
            ))}
          </div>
        ) : (
          <Stack gap="xs" key={chosen.id}>
            <Button
              variant="subtle"
              size="compact-sm"
              leftSection={<IconChevronLeft size={14} aria-hidden />}
              onClick={() => setChosen(null)}
              style={{ alignSelf: 'start' }}
            >
              {i18n._(chosen.label)}
            </Button>
            <FilterEditor
              alone
              filter={chosen}
              value=""
              onChange={(value) => {
                close()
                state.set({ [chosen.id]: value })
              }}
            />
          </Stack>
        )}
      </Popover.Dropdown>
    </Popover>
  )
}

function FilterSheet<Row>({ list, state, set }: Omit<Props<Row>, 'field'> & { readonly set: number }) {
  const { i18n, t } = useLingui()
  const [opened, setOpened] = useState(false)
  return (
    <>
      <Button
        variant="default"
        leftSection={<IconFilter size={16} aria-hidden />}
        onClick={() => setOpened(true)}
      >
        {set === 0 ? <Trans>Filter</Trans> : <Plural value={set} one="# filter" other="# filters" />}
      </Button>
      <Drawer
        opened={opened}
        onClose={() => setOpened(false)}
        position="bottom"
        size="85%"
        title={t`Filter`}
        closeButtonProps={{ 'aria-label': t`Close` }}
      >
        <Stack>
          {list.filters.map((filter) => (
            <div key={`${filter.id} ${state.values[filter.id] ?? ''}`}>
              {['choice', 'flag', 'period', 'amount'].includes(filter.type) && (
                <div className={classes.sheetLabel}>{i18n._(filter.label)}</div>
              )}
              <FilterEditor
                filter={filter}
                value={state.values[filter.id] ?? ''}
                onChange={(value) => state.set({ [filter.id]: value })}
              />
            </div>
          ))}
          <Group grow className={classes.sheetBar}>
            <Button variant="default" onClick={state.reset}>
              <Trans>Clear filters</Trans>
            </Button>
            <Button onClick={() => setOpened(false)}>
              <Trans>Show results</Trans>
            </Button>
          </Group>
        </Stack>
      </Drawer>
    </>
  )
}
