package store

// Vault is a DB whose values may be sealed under a password.
type Vault interface {
	// Sealed reports whether they are.
	Sealed() bool

	// Try proves that what was typed opens the store: its password, or its recovery code. It costs about a second.
	// Errors: Forbidden; nothing opens more than a store that is not sealed.
	Try(typed string) error

	// Lock names what such words open, to count tries by; "" where the store is not sealed. A copy has the same one.
	Lock() string
}
