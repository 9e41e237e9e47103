package journal

// Adopting makes Adopt name so few records in one transaction, until the function it returns is called.
func Adopting(n int) func() {
	was := adopted
	adopted = n
	return func() { adopted = was }
}
