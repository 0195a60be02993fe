// Colour scheme and language before the first paint, so that neither flashes. See ui/scheme.ts and i18n.
{
  const kept = (name) => {
    try {
      return localStorage.getItem(name)
    } catch {
      return null // storage is switched off
    }
  }
  const scheme = kept('zapas-color-scheme') ?? 'auto'
  const dark = scheme === 'dark' || (scheme === 'auto' && matchMedia('(prefers-color-scheme: dark)').matches)
  document.documentElement.dataset.mantineColorScheme = dark ? 'dark' : 'light'
  const language = kept('zapas-language') ?? (navigator.language.toLowerCase().startsWith('pl') ? 'pl' : 'en')
  document.documentElement.lang = language
}
