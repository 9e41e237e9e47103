package assets

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"syscall"
)

// systemFaults are the errors of the system that people can do something about, the most exact ones first.
var systemFaults = []struct {
	is  error
	key string
}{
	{context.Canceled, "error.cancelled"},
	{context.DeadlineExceeded, "error.late"},
	{syscall.ENOSPC, "error.full"},
	{syscall.EDQUOT, "error.full"},
	{syscall.EISDIR, "error.is_folder"},
	{fs.ErrNotExist, "error.no_file"},
	{fs.ErrPermission, "error.no_permission"},
}

// ofSystem returns the text that says an error without a key of its own. The name of the file that a system's error
// speaks of is shown without its folders: a message may be read by others.
func ofSystem(err error) (key string, args map[string]any) {
	name := fileOf(err)
	for _, f := range systemFaults {
		if errors.Is(err, f.is) && (name != "" || f.key == "error.cancelled" || f.key == "error.late") {
			return f.key, map[string]any{"File": name}
		}
	}
	if name != "" {
		return "error.file", map[string]any{"File": name}
	}
	return "error.internal", nil
}

// fileOf returns the name of the file that an error of the system speaks of, "" for any other error.
func fileOf(err error) string {
	var path *fs.PathError
	var link *os.LinkError
	switch {
	case errors.As(err, &path):
		return filepath.Base(path.Path)
	case errors.As(err, &link):
		return filepath.Base(link.New)
	}
	return ""
}
