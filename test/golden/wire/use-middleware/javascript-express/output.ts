'use strict'

const express = require('express')
const { limiter } = require('./patterns/limiter.js')

const app = express()
app.use(express.json())
app.use(limiter.middleware)
app.get('/', (req, res) => res.end())

module.exports = app
