import { useLingui } from '@lingui/react/macro'
import { Stack } from '@mantine/core'
import { PageTitle } from '../../page/index.ts'
import { usePermissions } from '../../session/index.ts'
import { Checklist } from './checklist.tsx'

export default function Home() {
  const { t } = useLingui()
  const { may } = usePermissions()
  return (
    <Stack>
      <PageTitle title={t`Home`} />
      {may('company:write') && <Checklist />}
    </Stack>
  )
}
