package pdf

import "syscall"

// reserve returns n bytes of addresses outside the heap, so that they don't raise the garbage collector's goal; none
// when the system has no room. Nothing of it is memory before grow: a process whose memory the system bounds would have
// all of it counted.
func reserve(n int) []byte {
	b, err := syscall.Mmap(-1, 0, n, syscall.PROT_NONE, syscall.MAP_ANON|syscall.MAP_PRIVATE)
	if err != nil {
		return nil
	}
	return b
}

// grow makes the first n bytes memory; what was not, is zeros. It is false when the system has no more.
func grow(b []byte, n int) bool {
	return n == 0 || syscall.Mprotect(b[:n], syscall.PROT_READ|syscall.PROT_WRITE) == nil
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
