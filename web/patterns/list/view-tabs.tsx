import { Trans, useLingui } from '@lingui/react/macro'
import { Button, Group, Menu, Popover, Stack, Switch, TextInput } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { IconDots } from '@tabler/icons-react'
import { type ItemOf, api } from '../../api/index.ts'
import { usePermissions } from '../../session/index.ts'
import { notify } from '../../ui/notify.tsx'
import type { ListDescription } from './description.ts'
import classes from './list.module.css'
import { type ListState, viewsKey } from './use-list-state.ts'

interface Props<Row> {
  readonly list: ListDescription<Row>
  readonly state: ListState
}

/** Built-in views, then saved ones; each is a link, so that it opens in a new tab too. */
export function ViewTabs<Row>({ list, state }: Props<Row>) {
  const { i18n, t } = useLingui()
  const { may } = usePermissions()
  const first = list.views[0]?.id
  const all = [
    ...list.views.map((view) => ({ id: view.id, label: i18n._(view.label) })),
    ...state.savedViews.map((view) => ({ id: view.id, label: view.name })),
  ]
  return (
    <div className={classes.views}>
      <nav aria-label={t`Views`} className={classes.tabs}>
        {all.map(({ id, label }) => (
          <Link
            key={id}
            to="."
            search={(id === first ? {} : { view: id }) as never}
            className={classes.tab}
            aria-current={id === state.viewId ? 'page' : undefined}
            activeProps={{}}
            // Else every view counts as shown whose search the address holds a part of: the first one always.
            activeOptions={{ exact: true, includeSearch: true }}
            replace
          >
            {label}
          </Link>
        ))}
      </nav>
      {may('views:write') && (state.edited || state.saved?.mine === true) && (
        <ViewActions list={list} state={state} />
      )}
    </div>
  )
}

function ViewActions<Row>({ list, state }: Props<Row>) {
  const { t } = useLingui()
  const client = useQueryClient()
  const [naming, setNaming] = useState(false)
  const again = () => client.invalidateQueries({ queryKey: viewsKey(list.id ?? list.resource) })
  const { saved } = state
  const save = useMutation({
    mutationFn: () => api.patch(`/views/${saved!.id}`, { query: state.query }),
    onSuccess: async () => {
      await again()
      state.reset()
      notify.done(t`View saved: ${saved!.name}`)
    },
    onError: (error) => notify.error(error.message),
  })
  const remove = useMutation({
    mutationFn: () => api.delete(`/views/${saved!.id}`),
    onSuccess: async () => {
      state.show(list.views[0]?.id ?? '')
      await again()
      notify.done(t`View deleted: ${saved!.name}`)
    },
    onError: (error) => notify.error(error.message),
  })
  return (
    <Group gap="xs" wrap="nowrap" className={classes.viewActions}>
      {state.edited && (
        <>
          <span className={classes.edited}>
            <Trans>Edited</Trans>
          </span>
          {saved?.mine === true && (
            <Button
              size="compact-sm"
              variant="default"
              loading={save.isPending}
              onClick={() => save.mutate()}
            >
              <Trans>Save</Trans>
            </Button>
          )}
          <Popover
            opened={naming}
            onChange={setNaming}
            trapFocus
            returnFocus
            withinPortal
            position="bottom-end"
          >
            <Popover.Target>
              <Button size="compact-sm" variant="default" onClick={() => setNaming((is) => !is)}>
                <Trans>Save as view</Trans>
              </Button>
            </Popover.Target>
            <Popover.Dropdown>
              <NameView
                list={list}
                state={state}
                onSaved={async (view) => {
                  setNaming(false)
                  await again()
                  state.show(view.id)
                }}
              />
            </Popover.Dropdown>
          </Popover>
          <Button size="compact-sm" variant="subtle" onClick={state.reset}>
            <Trans>Reset</Trans>
          </Button>
        </>
      )}
      {saved?.mine === true && (
        <Menu withinPortal position="bottom-end">
          <Menu.Target>
            <Button size="compact-sm" variant="subtle" aria-label={t`More for this view`}>
              <IconDots size={16} aria-hidden />
            </Button>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Item onClick={() => remove.mutate()}>
              <Trans>Delete this view</Trans>
            </Menu.Item>
          </Menu.Dropdown>
        </Menu>
      )}
    </Group>
  )
}

interface NameViewProps<Row> extends Props<Row> {
  readonly onSaved: (view: ItemOf<'views'>) => Promise<void>
}

function NameView<Row>({ list, state, onSaved }: NameViewProps<Row>) {
  const { t } = useLingui()
  const [name, setName] = useState('')
  const [shared, setShared] = useState(false)
  const save = useMutation({
    mutationFn: () =>
      api.post<ItemOf<'views'>>('/views', {
        list: list.id ?? list.resource,
        name: name.trim(),
        query: state.query,
        shared,
      }),
    onSuccess: onSaved,
  })
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        if (name.trim() !== '') save.mutate()
      }}
    >
      <Stack gap="sm" w={260}>
        <TextInput
          label={t`Name of the view`}
          value={name}
          maxLength={100}
          onChange={(event) => setName(event.currentTarget.value)}
          error={save.error?.message}
          data-autofocus
        />
        <Switch
          label={t`Everybody sees it`}
          checked={shared}
          onChange={(event) => setShared(event.currentTarget.checked)}
        />
        <Button type="submit" loading={save.isPending} disabled={name.trim() === ''}>
          <Trans>Save view</Trans>
        </Button>
      </Stack>
    </form>
  )
}
