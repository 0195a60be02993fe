import { Trans, useLingui } from '@lingui/react/macro'
import { Alert, Button, Group } from '@mantine/core'
import { IconEye } from '@tabler/icons-react'
import type { Role } from '../../../src/permissions.ts'
import { seeAs } from '../../api/see-as.ts'
import { inCompany } from '../../patterns/links.tsx'
import { roleWords } from '../../ui/roles.ts'

/** Above every page while it is shown as another role sees it. */
export function SeeAsBar({ role }: { readonly role: Role }) {
  const { i18n } = useLingui()
  const name = i18n._(roleWords[role])
  return (
    <Alert color="yellow" role="status" icon={<IconEye aria-hidden />} mb="sm" p="xs">
      <Group justify="space-between" gap="xs">
        <Trans>You see Zapas as the role {name} does. Nothing can be changed meanwhile.</Trans>
        <Button size="compact-sm" variant="default" onClick={() => seeAs(null, inCompany('/settings/roles'))}>
          <Trans>Back to my own view</Trans>
        </Button>
      </Group>
    </Alert>
  )
}
