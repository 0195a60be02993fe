import { Trans, useLingui } from '@lingui/react/macro'
import { Button, Menu } from '@mantine/core'
import { IconDownload } from '@tabler/icons-react'
import type { Query } from '../../api/index.ts'
import { useReason } from '../../patterns/index.ts'
import type { FileFormat } from '../../patterns/list/export-view.tsx'

/** Saves what the filters of the audit leave as a file: all of it, the newest first. */
export function ExportAudit({ query }: { readonly query: Query }) {
  const { t } = useLingui()
  const reason = useReason()
  const save = async (format: FileFormat) => {
    const { exportView } = await import('../../patterns/list/export-view.tsx')
    exportView({
      list: 'audit',
      format,
      query,
      name: t`Audit`,
      columns: [
        { path: 'at', title: t`Time` },
        { path: 'actor.name', title: t`Who` },
        { path: 'actor.type', title: t`Kind of who` },
        { path: 'type', title: t`Event` },
        { path: 'objectKind', title: t`Kind` },
        { path: 'objectNumber', title: t`Number` },
        { path: 'objectId', title: t`ID` },
        { path: 'before', title: t({ message: 'Before', context: 'a change' }) },
        { path: 'after', title: t({ message: 'After', context: 'a change' }) },
        { path: 'reason', title: t`Reason` },
        { path: 'requestId', title: t`Request` },
      ],
      title: t`Export: Audit`,
      reasonOf: (error) => (error instanceof Error ? reason(error.message) : String(error)),
    })
  }
  return (
    <Menu withinPortal position="bottom-end">
      <Menu.Target>
        <Button variant="default" leftSection={<IconDownload size={16} aria-hidden />}>
          <Trans>Export</Trans>
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item onClick={() => void save('csv')}>
          <Trans>Export as CSV</Trans>
        </Menu.Item>
        <Menu.Item onClick={() => void save('xlsx')}>
          <Trans>Export as XLSX</Trans>
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}
