import { Trans, useLingui } from '@lingui/react/macro'
import { ActionIcon, Menu, Tooltip } from '@mantine/core'
import { IconDownload } from '@tabler/icons-react'
import { useNavigate } from '@tanstack/react-router'
import { usePermissions } from '../../session/index.ts'
import { inCompany } from '../links.tsx'
import type { ListDescription } from './description.ts'
import { importHref } from './import-of.ts'
import { useListFile } from './use-list-file.ts'
import type { ListState } from './use-list-state.ts'
import type { Query } from '../../api/index.ts'

interface Props<Row> {
  readonly list: ListDescription<Row>
  readonly state: ListState
  /** The filters and the sort as the API takes them. */
  readonly query: Query
}

/** Saves the view as a file: all its rows, with all the columns shown. Leads to where files come in, too. */
export function ExportMenu<Row>({ list, state, query }: Props<Row>) {
  const { t } = useLingui()
  const { may } = usePermissions()
  const navigate = useNavigate()
  const toImport = importHref(list.resource, may)
  const save = useListFile(list, state)
  const label = toImport === null ? t`Export` : t`Export and import`
  return (
    <Menu withinPortal position="bottom-end">
      <Menu.Target>
        <Tooltip label={label} events={{ hover: true, focus: true, touch: false }}>
          <ActionIcon variant="default" size="lg" aria-label={label}>
            <IconDownload size={18} aria-hidden />
          </ActionIcon>
        </Tooltip>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item onClick={() => void save('csv', { query })}>
          <Trans>Export as CSV</Trans>
        </Menu.Item>
        <Menu.Item onClick={() => void save('xlsx', { query })}>
          <Trans>Export as XLSX</Trans>
        </Menu.Item>
        {toImport !== null && (
          <Menu.Item onClick={() => void navigate({ to: inCompany(toImport) })}>
            <Trans>Import …</Trans>
          </Menu.Item>
        )}
      </Menu.Dropdown>
    </Menu>
  )
}
