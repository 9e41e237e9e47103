package awake

import (
	"context"
	"errors"
	"runtime"
	"syscall"
)

// What SetThreadExecutionState takes, see its documentation.
const (
	continuous = 0x80000000
	system     = 0x00000001
	display    = 0x00000002
)

// hold tells Windows by a thread of its own: what a thread asked for ends with that thread.
func hold(_ context.Context, _ string) (func(), error) {
	tell := syscall.NewLazyDLL("kernel32.dll").NewProc("SetThreadExecutionState")
	if err := tell.Find(); err != nil {
		return nil, err
	}
	done, end, over := make(chan bool), make(chan struct{}), make(chan struct{})
	go func() {
		defer close(over)
		runtime.LockOSThread() // not unlocked: the thread ends here
		before, _, _ := tell.Call(continuous | system | display)
		done <- before != 0
		if before != 0 {
			<-end
			_, _, _ = tell.Call(continuous)
		}
	}()
	if !<-done {
		return nil, errors.New("SetThreadExecutionState refused")
	}
	return func() {
		close(end)
		<-over
	}, nil
}
