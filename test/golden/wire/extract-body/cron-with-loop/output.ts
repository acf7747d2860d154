import cron from 'node-cron';
import { findOverdue } from './invoices.js';
import { orderEmailQueue } from './patterns/order-email.js';

cron.schedule('0 8 * * *', async () => {
	const invoices = await findOverdue();
	for (const invoice of invoices) {
		await orderEmailQueue.send({ type: 'order-email', body: invoice });
	}
});
