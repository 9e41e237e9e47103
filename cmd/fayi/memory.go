package main

import (
	"math"
	"runtime"
	"runtime/debug"
	"runtime/metrics"
	"sync/atomic"
)

// startMemory bounds what a start may take, in bytes, before memory is looked through for what can be freed.
const startMemory = 256 << 20

// settled reports whether the start is over.
var settled atomic.Bool

// startGreedily keeps the start from looking for memory to free: nearly all that it reads, type above all, stays.
func startGreedily() {
	debug.SetGCPercent(-1)
	debug.SetMemoryLimit(startMemory)
}

// settle is for the time after. Most of the memory is pictures that are soon let go of: half as much again may wait
// to be freed, not as much again.
func settle() {
	debug.SetMemoryLimit(math.MaxInt64)
	debug.SetGCPercent(50)
	debug.FreeOSMemory()
	settled.Store(true)
}

// tidy frees memory when nobody waits for anything: to look through it takes as long as to open a page, and would else
// be done while one is opened. It does nothing while hardly anything has come since the last time.
func tidy() {
	if settled.Load() && worthTidying(heap()) {
		runtime.GC()
	}
}

// worthTidying reports whether so much of the memory has come since it was last looked through that the next few pages
// would make it be looked through again, which is at half as much again. Both are in bytes.
func worthTidying(now, kept uint64) bool { return now > kept+kept/8 }

// heap is how much memory there is and how much of it was in use when it was last looked through, in bytes.
func heap() (now, kept uint64) {
	s := []metrics.Sample{{Name: "/memory/classes/heap/objects:bytes"}, {Name: "/gc/heap/live:bytes"}}
	metrics.Read(s)
	return s[0].Value.Uint64(), s[1].Value.Uint64()
}
