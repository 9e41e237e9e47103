package pdf

import "syscall"

// reserve returns n bytes of zeros outside the heap, so that they don't raise the garbage collector's goal; none when
// the system has no room.
func reserve(n int) []byte {
	b, err := syscall.Mmap(-1, 0, n, syscall.PROT_READ|syscall.PROT_WRITE, syscall.MAP_ANON|syscall.MAP_PRIVATE)
	if err != nil {
		return nil
	}
	return b
}

// empty gives the memory back at once and keeps the addresses: a machine that is stopped may run on for a moment, and
// must find something there.
func empty(b []byte) {
	if len(b) > 0 {
		_ = syscall.Madvise(b, syscall.MADV_DONTNEED) // where that fails, release does it later
	}
}

// release gives the addresses back, when nothing refers to them any more.
func release(b []byte) {
	if len(b) > 0 {
		_ = syscall.Munmap(b) // nothing can be done about it
	}
}
