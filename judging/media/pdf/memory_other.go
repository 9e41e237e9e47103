//go:build !linux

package pdf

// reserve returns n bytes of zeros. Pages that are never touched cost no memory; the garbage collector gives it back.
func reserve(n int) []byte { return make([]byte, n) }

func grow([]byte, int) bool { return true }

func empty([]byte) {}

func release([]byte) {}
