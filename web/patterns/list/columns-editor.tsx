import { Trans, useLingui } from '@lingui/react/macro'
import { ActionIcon, Button, Checkbox, Group, Menu, Stack } from '@mantine/core'
import { IconArrowDown, IconArrowUp, IconDots, IconPinned } from '@tabler/icons-react'
import { columnsText, moved, placesOf } from './column-order.ts'
import { changedWidths } from './column-widths.ts'
import type { ListDescription } from './description.ts'
import classes from './list.module.css'
import type { ListState } from './use-list-state.ts'

/** A step of the menu, in pixels. */
const step = 40

interface Props {
  readonly list: ListDescription<unknown>
  readonly state: ListState
}

/** Chooses columns, their order, width and which stay in sight; the first one, which is the link, stays where it is. */
export default function ColumnsEditor({ list, state }: Props) {
  const { t, i18n } = useLingui()
  const { columns: shown, pinned } = state
  const others = list.columns.map((column) => column.id).filter((id) => !shown.includes(id))
  const set = (ids: readonly string[]) => state.set({ columns: columnsText(list, ids) })
  const move = (id: string, by: number) => set(moved(shown, pinned.length, id, shown.indexOf(id) + by))
  return (
    <Stack gap={6} w={290}>
      {[...shown, ...others].map((id) => {
        const at = shown.indexOf(id)
        const label = i18n._(list.columns.find((column) => column.id === id)!.label)
        const places = placesOf(shown, pinned.length, id)
        const first = at === places?.first
        const last = at === places?.last
        return (
          <Group key={id} gap={4} wrap="nowrap" justify="space-between" mih={28}>
            <Checkbox
              label={
                <>
                  {label}
                  {pinned.includes(id) && (
                    <IconPinned size={14} role="img" aria-label={t`Pinned`} className={classes.pin} />
                  )}
                </>
              }
              checked={at >= 0}
              disabled={at === 0}
              onChange={() => set(at >= 0 ? shown.filter((each) => each !== id) : [...shown, id])}
            />
            <Group gap={2} wrap="nowrap">
              {at > 0 && (
                <>
                  <ActionIcon
                    variant="subtle"
                    aria-label={t`Move ${label} to the left`}
                    disabled={first}
                    onClick={() => move(id, -1)}
                  >
                    <IconArrowUp size={16} aria-hidden />
                  </ActionIcon>
                  <ActionIcon
                    variant="subtle"
                    aria-label={t`Move ${label} to the right`}
                    disabled={last}
                    onClick={() => move(id, 1)}
                  >
                    <IconArrowDown size={16} aria-hidden />
                  </ActionIcon>
                </>
              )}
              {at >= 0 && <MoreOfColumn id={id} label={label} first={at === 0} state={state} />}
            </Group>
          </Group>
        )
      })}
      <Button
        size="compact-sm"
        variant="subtle"
        onClick={() => state.set({ columns: null, pinned: null, widths: null })}
      >
        <Trans>Usual columns</Trans>
      </Button>
    </Stack>
  )
}

interface ColumnProps {
  readonly id: string
  readonly label: string
  /** The first one stays in sight anyway. */
  readonly first: boolean
  readonly state: ListState
}

/** Width and place of one column: what the edge of its head does by pointer. */
function MoreOfColumn({ id, label, first, state }: ColumnProps) {
  const { t } = useLingui()
  const { pinned, widths } = state
  const own = widths[id]
  const isPinned = pinned.includes(id)
  const setWidth = (width: number | null) => state.set({ widths: changedWidths(widths, id, width) })
  /** As wide as it is drawn, where nobody chose a width yet. */
  const present = () =>
    own ?? document.querySelector<HTMLElement>(`[data-column="${id}"]`)?.offsetWidth ?? 160
  const setPinned = (ids: readonly string[]) => state.set({ pinned: ids.join(',') })
  return (
    <Menu withinPortal={false} position="bottom-end">
      <Menu.Target>
        <ActionIcon variant="subtle" aria-label={t`More for ${label}`}>
          <IconDots size={16} aria-hidden />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item closeMenuOnClick={false} onClick={() => setWidth(present() + step)}>
          <Trans>Wider</Trans>
        </Menu.Item>
        <Menu.Item closeMenuOnClick={false} onClick={() => setWidth(present() - step)}>
          <Trans>Narrower</Trans>
        </Menu.Item>
        <Menu.Item disabled={own === undefined} onClick={() => setWidth(null)}>
          <Trans>Reset the width</Trans>
        </Menu.Item>
        {!first && (
          <Menu.Item
            onClick={() => setPinned(isPinned ? pinned.filter((each) => each !== id) : [...pinned, id])}
          >
            {isPinned ? <Trans>Unpin</Trans> : <Trans>Pin</Trans>}
          </Menu.Item>
        )}
      </Menu.Dropdown>
    </Menu>
  )
}
