import cron from 'node-cron';
import { findOverdue, remind } from './invoices.js';

cron.schedule('0 8 * * *', async () => {
	const invoices = await findOverdue();
	for (const invoice of invoices) {
		await remind(invoice);
	}
});
