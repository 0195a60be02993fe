import { Trans, useLingui } from '@lingui/react/macro'
import { Button, Group, NativeSelect, Text } from '@mantine/core'
import { IconEye } from '@tabler/icons-react'
import { useState } from 'react'
import { type Role, permissionsOf, roles } from '../../../src/permissions.ts'
import { seeAs } from '../../api/see-as.ts'
import { inCompany } from '../../patterns/index.ts'
import { usePermissions } from '../../session/index.ts'
import { SettingsPage } from './layout.tsx'
import { Matrix } from './matrix.tsx'
import { roleWords } from '../../ui/roles.ts'

/** What the built-in roles may do. One person's exceptions stand with the person. */
export default function Roles() {
  const { t, i18n } = useLingui()
  const { may } = usePermissions()
  const [role, setRole] = useState<Role>('sales')
  const has = permissionsOf[role]
  return (
    <SettingsPage title={t`What each role may do`}>
      <Text size="sm" c="dimmed">
        <Trans>A person has one role in a company, and may have exceptions to it.</Trans>
      </Text>
      <Group align="end">
        <NativeSelect
          label={t`Role`}
          miw={280}
          value={role}
          onChange={(event) => setRole(event.currentTarget.value as Role)}
          data={roles.map((value) => ({ value, label: i18n._(roleWords[value]) }))}
        />
        {may('users:read') && role !== 'customer' && (
          <Button
            variant="default"
            leftSection={<IconEye size={16} aria-hidden />}
            onClick={() => seeAs(role, inCompany('/'))}
          >
            <Trans>See as this role</Trans>
          </Button>
        )}
      </Group>
      <Matrix
        label={i18n._(roleWords[role])}
        has={(permission) => has.has(permission)}
        ofRole={(permission) => has.has(permission)}
      />
    </SettingsPage>
  )
}
