package main

import (
	"runtime"
	"runtime/debug"
	"testing"
)

func TestMemoryIsTidiedWhenEnoughHasCome(t *testing.T) {
	for _, c := range []struct {
		now, kept uint64
		want      bool
	}{{80 << 20, 80 << 20, false}, {90 << 20, 80 << 20, false}, {91 << 20, 80 << 20, true}, {0, 0, false}} {
		if got := worthTidying(c.now, c.kept); got != c.want {
			t.Errorf("%d of which %d were there: %v", c.now, c.kept, got)
		}
	}
	if now, kept := heap(); now == 0 || kept > now<<4 {
		t.Errorf("the system's account is not understood: %d, %d", now, kept)
	}
}

var waste [][]byte

func TestMemoryIsLeftAloneUntilTheStartIsOver(t *testing.T) {
	percent := debug.SetGCPercent(-1) // nothing but tidy looks through it
	t.Cleanup(func() { debug.SetGCPercent(percent); settled.Store(false); waste = nil })
	rounds := func() uint32 {
		var m runtime.MemStats
		runtime.ReadMemStats(&m)
		return m.NumGC
	}
	runtime.GC()
	for !worthTidying(heap()) {
		waste = append(waste, make([]byte, 64<<10))
	}
	before := rounds()
	tidy()
	if rounds() != before {
		t.Error("it is looked through while the program starts")
	}
	settled.Store(true)
	tidy()
	if rounds() != before+1 {
		t.Error("what has come is not looked through")
	}
	tidy()
	if rounds() != before+1 {
		t.Error("it is looked through again although nothing has come")
	}
}
