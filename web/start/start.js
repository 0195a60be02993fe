// The first page of an installation: makes the owner account, signs in, offers the demo. Plain and small,
// so that it needs no build; the web app takes its place.

const find = (id) => document.getElementById(id)
const status = find('status')

function tell(message, isError = false) {
  status.textContent = message
  status.classList.toggle('error', isError)
}

async function ask(method, path, body) {
  const headers = body === undefined ? {} : { 'content-type': 'application/json' }
  const answer = await fetch(path, {
    method,
    headers,
    body: body === undefined ? undefined : JSON.stringify(body),
  })
  const text = await answer.text()
  const json = text === '' ? null : JSON.parse(text)
  if (!answer.ok) throw new Error(json?.detail ?? json?.message ?? `The server answered ${answer.status}.`)
  return json
}

function show(id) {
  for (const part of ['owner', 'sign-in', 'inside']) find(part).hidden = part !== id
}

function fieldsOf(form) {
  const fields = {}
  for (const [name, value] of new FormData(form)) if (value !== '') fields[name] = value
  return fields
}

/** One try at a time; what was typed stays when it fails. */
async function attempt(button, run) {
  button.disabled = true
  try {
    await run()
  } catch (error) {
    tell(error.message, true)
  } finally {
    button.disabled = false
  }
}

function onSubmit(id, run) {
  const form = find(id)
  form.addEventListener('submit', (event) => {
    event.preventDefault()
    void attempt(form.querySelector('button'), () => run(fieldsOf(form)))
  })
}

function onClick(id, run) {
  find(id).addEventListener('click', (event) => void attempt(event.currentTarget, run))
}

async function signIn({ email, password }) {
  await ask('POST', '/api/auth/sign-in/email', { email, password })
  await look()
}

onSubmit('owner', async (fields) => {
  if (fields.currency) fields.currency = fields.currency.toUpperCase()
  fields.timeZone = Intl.DateTimeFormat().resolvedOptions().timeZone
  await ask('POST', '/api/v1/setup/owner', fields)
  await signIn(fields)
})
onSubmit('sign-in', signIn)

onClick('sign-out', async () => {
  await ask('POST', '/api/auth/sign-out', {})
  await look()
})

onClick('demo', async () => {
  tell('Crimson is being set up. This takes some seconds.')
  await ask('POST', '/api/v1/setup/demo')
  await look()
})

async function look() {
  const setup = await ask('GET', '/api/v1/setup')
  if (setup.needsOwner) {
    tell('Welcome.')
    show('owner')
    return
  }
  const answer = await fetch('/api/v1/me')
  if (!answer.ok) {
    tell(answer.status === 401 ? 'Sign in to go on.' : (await answer.json()).detail)
    show('sign-in')
    return
  }
  const me = await answer.json()
  tell(`Zapas ${setup.version}`)
  find('who').textContent = `Signed in as ${me.name}`
  find('companies').replaceChildren(
    ...me.companies.map((company) =>
      Object.assign(document.createElement('li'), { textContent: company.name }),
    ),
  )
  find('demo-offer').hidden =
    me.role !== 'owner' || me.companies.some((company) => company.slug === 'crimson')
  show('inside')
}

look().catch((error) => tell(error.message, true))
