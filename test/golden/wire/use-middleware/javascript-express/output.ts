'use strict'

import { limiter } from './patterns/limiter.js'

const express = require('express')

const app = express()
app.use(express.json())
app.use(limiter.middleware)
app.get('/', (req, res) => res.end())

module.exports = app
