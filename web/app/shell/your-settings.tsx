import { Trans, useLingui } from '@lingui/react/macro'
import { Button, Divider, SegmentedControl, Stack, Switch, Text, useMantineColorScheme } from '@mantine/core'
import { IconLogout, IconUser } from '@tabler/icons-react'
import { useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { api } from '../../api/index.ts'
import { type Language, chooseLanguage, languageNames, languages } from '../../i18n/index.ts'
import { keep, setPreferences, useMe, usePreferences } from '../../session/index.ts'
import { notify } from '../../ui/notify.tsx'
import { CompanyLink } from './company-link.tsx'

/** What a person sets for themselves, and the way out. */
export function YourSettings() {
  const { t, i18n } = useLingui()
  const me = useMe()
  const { colorScheme, setColorScheme } = useMantineColorScheme()
  const { letters, density } = usePreferences()
  const client = useQueryClient()
  const navigate = useNavigate()
  const signOut = async () => {
    try {
      await api.post('/api/auth/sign-out', {}, { anonymous: true, company: null })
    } catch (error) {
      notify.error(error instanceof Error ? error.message : String(error))
      return
    }
    await navigate({ to: '/sign-in' })
    client.clear()
  }
  return (
    <Stack gap="xs">
      <div>
        <Text size="sm" fw={600}>
          {me.name}
        </Text>
        <Text size="xs" c="dimmed">
          {me.email}
        </Text>
      </div>
      <Divider />
      <Choice
        label={t`Language`}
        value={i18n.locale as Language}
        values={languages.map((value) => ({ value, label: languageNames[value] }))}
        onChange={(language) => {
          void chooseLanguage(language)
          keep({ language })
        }}
      />
      <Choice
        label={t`Colours`}
        value={colorScheme}
        values={[
          { value: 'light', label: t`Light` },
          { value: 'dark', label: t`Dark` },
          { value: 'auto', label: t`System` },
        ]}
        onChange={(scheme) => {
          setColorScheme(scheme)
          keep({ colorScheme: scheme })
        }}
      />
      <Choice
        label={t`Rows`}
        value={density}
        values={[
          { value: 'comfortable', label: t`Comfortable` },
          { value: 'dense', label: t`Dense` },
        ]}
        onChange={(value) => setPreferences({ density: value })}
      />
      <Switch
        label={t`Shortcuts of a single letter`}
        checked={letters}
        onChange={(event) => setPreferences({ letters: event.currentTarget.checked })}
      />
      <Divider />
      <Button
        variant="default"
        leftSection={<IconUser size={16} aria-hidden />}
        renderRoot={(props) => <CompanyLink path="/account" {...props} />}
      >
        <Trans>My account</Trans>
      </Button>
      <Button
        variant="default"
        leftSection={<IconLogout size={16} aria-hidden />}
        onClick={() => void signOut()}
      >
        <Trans>Sign out</Trans>
      </Button>
    </Stack>
  )
}

interface ChoiceProps<Value extends string> {
  readonly label: string
  readonly value: Value
  readonly values: { value: Value; label: string }[]
  readonly onChange: (value: Value) => void
}

function Choice<Value extends string>({ label, value, values, onChange }: ChoiceProps<Value>) {
  return (
    <div>
      <Text size="xs" c="dimmed" mb={2}>
        {label}
      </Text>
      <SegmentedControl
        fullWidth
        size="xs"
        aria-label={label}
        value={value}
        data={values}
        onChange={(chosen) => onChange(chosen)}
      />
    </div>
  )
}
