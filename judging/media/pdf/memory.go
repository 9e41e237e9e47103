package pdf

import (
	"context"
	"runtime"
	"sync/atomic"

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

// starved says that the system refused a machine memory that it may have.
var starved atomic.Bool

// Starved reports whether the system refused this process memory for a document: what was said of it since does not
// count.
func Starved() bool { return starved.Load() }

// guestMemory is the memory of one machine. What is not used of the reservation costs addresses, not memory.
type guestMemory struct {
	all  []byte
	most int // how much of it was memory at once; it does not shrink
}

// Reallocate returns the first size bytes, nil when there are not so many: the machine sees that its memory is used
// up.
func (m *guestMemory) Reallocate(size uint64) []byte {
	switch n := int(min(size, maxMemory<<16+1)); {
	case len(m.all) == 0:
		starved.Store(true)
		return nil
	case n > len(m.all):
		return nil
	case n > m.most && !grow(m.all, n):
		starved.Store(true)
		return nil
	default:
		m.most = max(m.most, n)
		return m.all[:n:len(m.all)]
	}
}

// Free gives the memory back. A machine that was stopped within a call may still run for a moment: the addresses stay
// until nothing refers to them.
func (m *guestMemory) Free() { empty(m.all) }
