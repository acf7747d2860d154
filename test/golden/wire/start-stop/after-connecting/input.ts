const express = require('express');
const mongoose = require('mongoose');

const app = express();

mongoose.connect('mongodb://localhost/shop').then(() => {
	app.listen(3000);
});
