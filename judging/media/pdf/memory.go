package pdf

import (
	"context"
	"runtime"

	"github.com/tetratelabs/wazero/experimental"
)

// bounded returns ctx with an allocator that reserves the whole memory of a machine once. The allocator that wazero
// has by itself copies the memory each time it grows, so that a document that may use 256 MiB could cost the process
// four times as much before the garbage collector catches up.
func bounded(ctx context.Context) context.Context {
	return experimental.WithMemoryAllocator(ctx, experimental.MemoryAllocatorFunc(
		func(_, most uint64) experimental.LinearMemory {
			most = min(most, maxMemory<<16)
			m := &guestMemory{all: reserve(int(most))}
			runtime.AddCleanup(m, release, m.all)
			return m
		}))
}

// guestMemory is the memory of one machine. What is not used of the reservation costs addresses, not memory.
type guestMemory struct{ all []byte }

// Reallocate returns the first size bytes, nil when there are not so many: the machine sees that its memory is used
// up.
func (m *guestMemory) Reallocate(size uint64) []byte {
	if size > uint64(len(m.all)) {
		return nil
	}
	return m.all[:size:len(m.all)]
}

// Free gives the memory back. A machine that was stopped within a call may still run for a moment: the addresses stay
// until nothing refers to them.
func (m *guestMemory) Free() { empty(m.all) }
