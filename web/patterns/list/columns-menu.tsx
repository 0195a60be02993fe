import { Trans, useLingui } from '@lingui/react/macro'
import { ActionIcon, Button, Checkbox, Group, Popover, Stack, Tooltip } from '@mantine/core'
import { IconArrowDown, IconArrowUp, IconColumns } from '@tabler/icons-react'
import type { ListDescription } from './description.ts'
import type { ListState } from './use-list-state.ts'

interface Props<Row> {
  readonly list: ListDescription<Row>
  readonly state: ListState
}

/** Chooses columns and their order; the first one, which is the link, stays where it is. */
export function ColumnsMenu<Row>({ list, state }: Props<Row>) {
  const { t, i18n } = useLingui()
  const shown = state.columns
  const others = list.columns.map((column) => column.id).filter((id) => !shown.includes(id))
  const usual = list.columns.filter((column) => column.hidden !== true).map((column) => column.id)
  const set = (ids: readonly string[]) => {
    state.set({ columns: ids.join(',') === usual.join(',') ? null : ids.join(',') })
  }
  const move = (id: string, by: number) => {
    const ids = [...shown]
    const at = ids.indexOf(id)
    ids.splice(at, 1)
    ids.splice(at + by, 0, id)
    set(ids)
  }
  const labelOf = (id: string) => i18n._(list.columns.find((column) => column.id === id)!.label)
  return (
    <Popover trapFocus returnFocus withinPortal position="bottom-end">
      <Popover.Target>
        <Tooltip label={t`Columns`} events={{ hover: true, focus: true, touch: false }}>
          <ActionIcon variant="default" size="lg" aria-label={t`Columns`}>
            <IconColumns size={18} aria-hidden />
          </ActionIcon>
        </Tooltip>
      </Popover.Target>
      <Popover.Dropdown>
        <Stack gap={6} w={270}>
          {[...shown, ...others].map((id) => {
            const at = shown.indexOf(id)
            const label = labelOf(id)
            return (
              <Group key={id} gap={4} wrap="nowrap" justify="space-between" mih={28}>
                <Checkbox
                  label={label}
                  checked={at >= 0}
                  disabled={at === 0}
                  onChange={() => set(at >= 0 ? shown.filter((each) => each !== id) : [...shown, id])}
                />
                {at > 0 && (
                  <Group gap={2} wrap="nowrap">
                    <ActionIcon
                      variant="subtle"
                      aria-label={t`Move ${label} to the left`}
                      disabled={at === 1}
                      onClick={() => move(id, -1)}
                    >
                      <IconArrowUp size={16} aria-hidden />
                    </ActionIcon>
                    <ActionIcon
                      variant="subtle"
                      aria-label={t`Move ${label} to the right`}
                      disabled={at === shown.length - 1}
                      onClick={() => move(id, 1)}
                    >
                      <IconArrowDown size={16} aria-hidden />
                    </ActionIcon>
                  </Group>
                )}
              </Group>
            )
          })}
          <Button size="compact-sm" variant="subtle" onClick={() => state.set({ columns: null })}>
            <Trans>Usual columns</Trans>
          </Button>
        </Stack>
      </Popover.Dropdown>
    </Popover>
  )
}
