import { useLingui } from '@lingui/react/macro'
import { Anchor } from '@mantine/core'
import { useLocation, useParams } from '@tanstack/react-router'
import { type Crumb, useShownCrumbs } from '../../page/index.ts'
import { CompanyLink } from './company-link.tsx'
import { useNavigation } from './use-navigation.ts'
import classes from './header.module.css'

/** Group, list, number. The list's crumb leads to the list as it was left. */
export function Breadcrumbs() {
  const { t, i18n } = useLingui()
  const { slug = '' } = useParams({ strict: false })
  const path = useLocation({ select: (location) => location.pathname }).slice(`/c/${slug}`.length)
  const { groups } = useNavigation()
  const shown = useShownCrumbs()
  const group = groups.find(({ items }) => items.some((item) => isBelow(path, item.path)))
  const item = group?.items.find((each) => isBelow(path, each.path))
  const own: readonly Crumb[] = item === undefined ? [] : [{ label: i18n._(item.full), href: item.path }]
  const trail = shown.length > 0 ? shown : own
  if (group === undefined && trail.length === 0) return null
  return (
    <nav aria-label={t`Where you are`} className={classes.where}>
      <ol className={classes.crumbs}>
        {group !== undefined && <li className={classes.crumb}>{i18n._(group.label)}</li>}
        {trail.map(({ label, href }) => (
          <li key={label} className={classes.crumb}>
            {href === undefined || href === path ? (
              label
            ) : (
              <Anchor renderRoot={(props) => <CompanyLink path={href} {...props} />} size="sm">
                {label}
              </Anchor>
            )}
          </li>
        ))}
      </ol>
    </nav>
  )
}

function isBelow(path: string, item: string): boolean {
  return path === item || path.startsWith(`${item}/`)
}
