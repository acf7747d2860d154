import { orderEmailQueue } from '../patterns/order-email'
import { findDue } from './reminder'

export const sendReminders = async () => {
    for (const reminder of await findDue())
        await orderEmailQueue.send({ type: 'order-email', body: reminder })
}
