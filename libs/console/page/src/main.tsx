import { render } from 'preact'
import { App } from './app.tsx'
import './style/base.css'

const root = document.getElementById('app')
if (root) render(<App />, root)
