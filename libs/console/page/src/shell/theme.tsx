import { useEffect, useState } from 'preact/hooks'

const themes = ['auto', 'light', 'dark'] as const
type Theme = (typeof themes)[number]
const name = 'console-theme'

/** Light or dark, as the system has it unless somebody has chosen. */
export function ThemeButton() {
  const [theme, setTheme] = useState<Theme>(
    themes.find((one) => one === localStorage.getItem(name)) ?? 'auto',
  )
  useEffect(() => {
    localStorage.setItem(name, theme)
    if (theme === 'auto') delete document.documentElement.dataset.theme
    else document.documentElement.dataset.theme = theme
  }, [theme])
  const next = themes[(themes.indexOf(theme) + 1) % themes.length] ?? 'auto'
  return (
    <button type="button" class="quiet" onClick={() => setTheme(next)} title={`Change to ${next}`}>
      <span class="sr">Theme: </span>
      {theme === 'auto' ? '◐ Auto' : theme === 'light' ? '○ Light' : '● Dark'}
    </button>
  )
}
