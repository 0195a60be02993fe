import { useLingui } from '@lingui/react/macro'
import { ActionIcon, Menu, Stack } from '@mantine/core'
import { CompanyLink } from './company-link.tsx'
import { homeIcon as HomeIcon, homeItem, settingsIcon as SettingsIcon } from './navigation.ts'
import { useNavigation } from './use-navigation.ts'

/** The navigation of a tablet: an icon per group, its pages in a menu. */
export function NavRail() {
  const { i18n } = useLingui()
  const { groups, settings } = useNavigation()
  return (
    <Stack gap={4} align="center" py={8}>
      <ActionIcon
        size={44}
        variant="subtle"
        color="gray"
        aria-label={i18n._(homeItem.label)}
        renderRoot={(props) => <CompanyLink path={homeItem.path} exact {...props} />}
      >
        <HomeIcon size={22} aria-hidden />
      </ActionIcon>
      {groups.map(({ id, label, icon: Icon, items }) => (
        <Menu key={id} position="right-start" withinPortal shadow="md">
          <Menu.Target>
            <ActionIcon size={44} variant="subtle" color="gray" aria-label={i18n._(label)}>
              <Icon size={22} aria-hidden />
            </ActionIcon>
          </Menu.Target>
          <Menu.Dropdown aria-label={i18n._(label)}>
            <Menu.Label>{i18n._(label)}</Menu.Label>
            {items.map((item) => (
              <Menu.Item key={item.path} renderRoot={(props) => <CompanyLink path={item.path} {...props} />}>
                {i18n._(item.label)}
              </Menu.Item>
            ))}
          </Menu.Dropdown>
        </Menu>
      ))}
      {settings !== null && (
        <ActionIcon
          size={44}
          variant="subtle"
          color="gray"
          aria-label={i18n._(settings.label)}
          renderRoot={(props) => <CompanyLink path={settings.path} {...props} />}
        >
          <SettingsIcon size={22} aria-hidden />
        </ActionIcon>
      )}
    </Stack>
  )
}
