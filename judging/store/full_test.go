//go:build unix

package store_test

import (
	"bytes"
	"errors"
	"os/signal"
	"syscall"
	"testing"

	"fayi/judging"
)

// A file-size limit stands in for the full disk: the system refuses the write midway either way.
func TestPutOnAFullDiskLeavesNothing(t *testing.T) {
	blobs, dir := openBlobs(t)
	var before syscall.Rlimit
	if err := syscall.Getrlimit(syscall.RLIMIT_FSIZE, &before); err != nil {
		t.Fatal(err)
	}
	signal.Ignore(syscall.SIGXFSZ)
	defer signal.Reset(syscall.SIGXFSZ)
	if err := syscall.Setrlimit(syscall.RLIMIT_FSIZE, &syscall.Rlimit{Cur: 1 << 20, Max: before.Max}); err != nil {
		t.Fatal(err)
	}
	_, err := blobs.Put(t.Context(), bytes.NewReader(make([]byte, 3<<20)))
	if err := syscall.Setrlimit(syscall.RLIMIT_FSIZE, &before); err != nil {
		t.Fatal(err)
	}
	if !errors.Is(err, &judging.Error{Code: judging.Unavailable, Text: "store.disk_full"}) {
		t.Errorf("got %v", err)
	}
	same(t, files(t, dir))
}
