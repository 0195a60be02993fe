import { Trans, useLingui } from '@lingui/react/macro'
import { NativeSelect, Text } from '@mantine/core'
import { useState } from 'react'
import { type Role, permissionsOf, roles } from '../../../src/permissions.ts'
import { SettingsPage } from './layout.tsx'
import { Matrix } from './matrix.tsx'
import { roleWords } from '../../ui/roles.ts'

/** What the built-in roles may do. One person's exceptions stand with the person. */
export default function Roles() {
  const { t, i18n } = useLingui()
  const [role, setRole] = useState<Role>('sales')
  const has = permissionsOf[role]
  return (
    <SettingsPage title={t`What each role may do`}>
      <Text size="sm" c="dimmed">
        <Trans>A person has one role in a company, and may have exceptions to it.</Trans>
      </Text>
      <NativeSelect
        label={t`Role`}
        maw={280}
        value={role}
        onChange={(event) => setRole(event.currentTarget.value as Role)}
        data={roles.map((value) => ({ value, label: i18n._(roleWords[value]) }))}
      />
      <Matrix
        label={i18n._(roleWords[role])}
        has={(permission) => has.has(permission)}
        ofRole={(permission) => has.has(permission)}
      />
    </SettingsPage>
  )
}
