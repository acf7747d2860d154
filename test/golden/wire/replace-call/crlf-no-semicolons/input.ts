export const one = async () => {
	await fetch('1')
	return fetch('2')
}
