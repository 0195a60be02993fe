import { Trans, useLingui } from '@lingui/react/macro'
import { Card, Checkbox, Stack, Text, TextInput, Title } from '@mantine/core'
import { useEffect, useState } from 'react'
import { PageLink } from '../../patterns/index.ts'
import { setSettings, settings, useSettings } from '../../ui/scan/device-settings.ts'
import { listenForScans } from '../../ui/scan/listen.ts'
import { SettingsPage } from './layout.tsx'

/** What belongs to this device: its scanner, and how it tells what a scan came to. */
export default function Scanner() {
  const { t } = useLingui()
  const { prefix, sound, vibration } = useSettings()
  const [last, setLast] = useState<string | null>(null)
  useEffect(() => listenForScans({ take: setLast, prefix: () => settings().prefix }), [])
  return (
    <SettingsPage title={t`Scanner & printing`}>
      <Text size="sm" c="dimmed">
        <Trans>These hold on this device, at once, also in the warehouse mode.</Trans>
      </Text>
      <Stack gap="md" maw={480}>
        <TextInput
          label={t`Character that the scanner sends first (optional)`}
          description={t`Empty: a scanner is known by how fast it types.`}
          inputWrapperOrder={['label', 'input', 'description']}
          maxLength={1}
          w={220}
          value={prefix}
          onChange={(event) => setSettings({ prefix: event.currentTarget.value })}
        />
        <Checkbox
          label={t`Sound after each scan`}
          checked={sound}
          onChange={(event) => setSettings({ sound: event.currentTarget.checked })}
        />
        <Checkbox
          label={t`Vibration after each scan, where the device can`}
          checked={vibration}
          onChange={(event) => setSettings({ vibration: event.currentTarget.checked })}
        />
      </Stack>
      <Card withBorder component="section" aria-labelledby="try" padding="lg">
        <Title order={2} size="h4" id="try" mb="xs">
          <Trans>Try the scanner</Trans>
        </Title>
        <Text size="sm" role="status">
          {last === null ? (
            <Trans>Scan anything now: what was read is shown here.</Trans>
          ) : (
            <Trans>Read: {last}</Trans>
          )}
        </Text>
      </Card>
      <Card withBorder component="section" aria-labelledby="labels" padding="lg">
        <Title order={2} size="h4" id="labels" mb="xs">
          <Trans>Labels</Trans>
        </Title>
        <Text size="sm">
          <Trans>
            The size of labels is part of their template:{' '}
            <PageLink href="/settings/templates/product-label">Product label</PageLink>. Print them at their
            actual size.
          </Trans>
        </Text>
      </Card>
    </SettingsPage>
  )
}
