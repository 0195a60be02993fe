// What cannot wait for the app's code. It is asked for while that code is still on its way.
{
  const kept = (name) => {
    try {
      return localStorage.getItem(name)
    } catch {
      return null // storage is switched off
    }
  }
  // Colour scheme and language before the first paint, so that neither flashes. See ui/scheme.ts and i18n.
  const scheme = kept('zapas-color-scheme') ?? 'auto'
  const dark = scheme === 'dark' || (scheme === 'auto' && matchMedia('(prefers-color-scheme: dark)').matches)
  document.documentElement.dataset.mantineColorScheme = dark ? 'dark' : 'light'
  const language = kept('zapas-language') ?? (navigator.language.toLowerCase().startsWith('pl') ? 'pl' : 'en')
  document.documentElement.lang = language

  const [, company, page] = /^\/c\/([^/]+)(?:\/([^/]+))?/.exec(location.pathname) ?? []
  if (company !== undefined) {
    // What the build knows of the app's files (build/early-files.ts); nothing stands there in development.
    const told = document.querySelector('meta[name="zapas-early"]')?.content
    const { texts, lists, list, listTexts } = JSON.parse(told ?? '{"texts":{},"lists":[]}')
    const isList = lists.includes(page) && location.pathname.split('/').length === 4

    // Who is signed in, and the first rows of a list of documents that has no filter. See api/early.ts.
    const rows = isList && location.search === '' ? [`/api/v1/${page}?limit=50`] : []
    const headers = { accept: 'application/json', 'zapas-company': company }
    // As which role this tab sees Zapas (api/see-as.ts).
    try {
      const role = sessionStorage.getItem('zapas-see-as')
      if (role !== null) headers['zapas-see-as'] = role
    } catch {} // storage is switched off
    const answers = ['/api/v1/me', ...rows].map((url) => [url, fetch(url, { headers })])
    for (const [, answer] of answers) answer.catch(() => undefined) // the app asks again, and says so
    window.zapasEarly = { company, answers: Object.fromEntries(answers) }

    // Texts, and the page of a list of documents.
    const files = [texts[language], ...(isList ? [listTexts[language], ...list] : [])]
    for (const file of files.filter((each) => each !== undefined)) {
      const link = document.createElement('link')
      link.rel = file.endsWith('.css') ? 'preload' : 'modulepreload'
      if (file.endsWith('.css')) {
        link.as = 'style'
        // As the app asks for it; for the browser another way of asking is another file.
        link.crossOrigin = ''
      }
      link.href = `/${file}`
      document.head.append(link)
    }
  }
}
