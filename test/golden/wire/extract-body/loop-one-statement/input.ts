import { findDue, remind } from './reminder'

export const sendReminders = async () => {
    for (const reminder of await findDue()) await remind(reminder)
}
