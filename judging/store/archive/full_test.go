package archive_test

import (
	"context"
	"io"
	"io/fs"
	"strings"
	"syscall"
	"testing"

	"fayi/judging/store"
	"fayi/judging/store/archive"
)

// crowded is a database whose copy does not fit on the disk.
type crowded struct{}

// Snapshot fails.
func (crowded) Snapshot(context.Context, io.Writer) error {
	return &fs.PathError{Op: "write", Path: "archive-1.db", Err: syscall.ENOSPC}
}

func TestAFullDiskIsNotBlamedOnATemporaryFile(t *testing.T) {
	_, err := archive.Write(
		t.Context(), io.Discard, archive.Source{DB: crowded{}}, archive.Head{}, "", t.TempDir(), nil,
	)
	said := store.Translate("/media/stick/征集.fayiarchive", err)
	if err == nil || !strings.HasPrefix(said.Error(), "store.disk_full File=征集.fayiarchive") {
		t.Errorf("said %v", said)
	}
}
