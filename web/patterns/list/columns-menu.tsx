import { useLingui } from '@lingui/react/macro'
import { ActionIcon, Popover, Skeleton, Tooltip } from '@mantine/core'
import { IconColumns } from '@tabler/icons-react'
import { Suspense, lazy } from 'react'
import type { ListDescription } from './description.ts'
import type { ListState } from './use-list-state.ts'

/** Comes when it is opened; most who look at a list never need it. */
const ColumnsEditor = lazy(() => import('./columns-editor.tsx'))

interface Props<Row> {
  readonly list: ListDescription<Row>
  readonly state: ListState
}

/** Opens what is chosen of the columns: which, in which order, how wide, and which stay in sight. */
export function ColumnsMenu<Row>({ list, state }: Props<Row>) {
  const { t } = useLingui()
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
        <Suspense fallback={<Skeleton w={290} h={240} />}>
          <ColumnsEditor list={list as ListDescription<unknown>} state={state} />
        </Suspense>
      </Popover.Dropdown>
    </Popover>
  )
}
