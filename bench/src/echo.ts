// The least that Express 5 does: reads JSON and gives it back.
import express from 'express'

const app = express()
app.get('/readyz', (_request, response) => void response.end())
app.get('/customers/:id', (request, response) => void response.json({ id: request.params.id }))
app.post('/customers', express.json(), (request, response) => void response.json(request.body))
app.listen(Number(process.env.PORT), '127.0.0.1')
process.once('SIGTERM', () => process.exit(0))
