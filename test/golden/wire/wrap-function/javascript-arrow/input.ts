export const charge = async amount => amount * 2;
