import { Trans, useLingui } from '@lingui/react/macro'
import { Button, Menu } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { CompanyLink } from './company-link.tsx'
import { useCreatable } from './use-creatable.ts'

/** Everything this person may make. */
export function NewMenu() {
  const { t, i18n } = useLingui()
  const creatable = useCreatable()
  if (creatable.length === 0) return null
  return (
    <Menu shadow="md" position="bottom-end">
      <Menu.Target>
        <Button size="compact-md" visibleFrom="sm" leftSection={<IconPlus size={16} aria-hidden />}>
          <Trans>New</Trans>
        </Button>
      </Menu.Target>
      <Menu.Dropdown aria-label={t`New`}>
        {creatable.map(({ path, label }) => (
          <Menu.Item key={path} renderRoot={(props) => <CompanyLink path={path} {...props} />}>
            {i18n._(label)}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  )
}
