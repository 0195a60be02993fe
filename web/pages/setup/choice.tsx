import { Trans, useLingui } from '@lingui/react/macro'
import { Button, Card, Container, SimpleGrid, Stack, Text, Title } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { type CompanyName, type Me, api, newKey } from '../../api/index.ts'
import { SaveFailure } from '../../forms/index.ts'
import { PageTitle } from '../../page/index.ts'

interface Props {
  readonly me: Me
  readonly onBack: () => void
}

/** Two equal ways to begin. */
export function Choice({ me, onBack }: Props) {
  const { t } = useLingui()
  const client = useQueryClient()
  const navigate = useNavigate()
  const [key] = useState(newKey)
  const enter = async (slug: string) => {
    client.clear()
    await navigate({ to: '/c/$slug', params: { slug } })
  }
  const demo = useMutation({
    mutationFn: () => api.post<CompanyName>('/setup/demo', undefined, { key, company: me.company.slug }),
    onSuccess: ({ slug }) => enter(slug),
  })
  return (
    <Container size="sm" py="xl" component="main">
      <Stack>
        <PageTitle title={t`How do you want to begin?`} />
        <SaveFailure error={demo.error} onRetry={() => demo.mutate()} />
        <SimpleGrid cols={{ base: 1, sm: 2 }}>
          <Card withBorder>
            <Stack h="100%" justify="space-between">
              <div>
                <Title order={2} size="h4">
                  <Trans>Start empty</Trans>
                </Title>
                <Text size="sm" mt="xs">
                  <Trans>Your company as it is now. A short list shows what to do first.</Trans>
                </Text>
              </div>
              <Button onClick={() => void enter(me.company.slug)}>
                <Trans>Start with my company</Trans>
              </Button>
            </Stack>
          </Card>
          <Card withBorder>
            <Stack h="100%" justify="space-between">
              <div>
                <Title order={2} size="h4">
                  <Trans>Try the demo company Crimson</Trans>
                </Title>
                <Text size="sm" mt="xs">
                  <Trans>
                    A separate company with products, orders, stock and invoices to look at and to change. It
                    can be deleted at any time.
                  </Trans>
                </Text>
              </div>
              <Button onClick={() => demo.mutate()} loading={demo.isPending}>
                <Trans>Open the demo</Trans>
              </Button>
            </Stack>
          </Card>
        </SimpleGrid>
        <div role="status">
          {demo.isPending && (
            <Text size="sm">
              <Trans>Crimson is being set up. This takes some seconds.</Trans>
            </Text>
          )}
        </div>
        <div>
          <Button variant="default" onClick={onBack}>
            <Trans>Back</Trans>
          </Button>
        </div>
      </Stack>
    </Container>
  )
}
