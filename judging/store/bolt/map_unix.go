//go:build !windows

package bolt

// mapSize is how much address space is mapped at first, in bytes. A file that outgrows it makes one Update wait for
// all running Views. It takes no memory.
const mapSize = 256 << 20
