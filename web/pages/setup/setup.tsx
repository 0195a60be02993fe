import { useLingui } from '@lingui/react/macro'
import { Container, Stack } from '@mantine/core'
import { PageTitle } from '../../page/index.ts'
import { OwnerForm } from './owner-form.tsx'

export default function Setup() {
  const { t } = useLingui()
  return (
    <Container size="xs" py="xl" component="main">
      <Stack>
        <PageTitle title={t`Make the owner account`} />
        <OwnerForm />
      </Stack>
    </Container>
  )
}
