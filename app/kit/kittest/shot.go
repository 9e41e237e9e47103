package kittest

import (
	"image/png"
	"os"
	"path/filepath"
	"testing"

	"fyne.io/fyne/v2"
)

// Shot draws the window to a PNG called name and returns its path: in the folder FAYI_SHOTS names, if set, so that
// people can look at it; in a temporary folder otherwise.
func Shot(t testing.TB, win fyne.Window, name string) string {
	t.Helper()
	dir := os.Getenv("FAYI_SHOTS")
	if dir == "" {
		dir = t.TempDir()
	}
	f, err := os.Create(filepath.Join(dir, name+".png"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if err := png.Encode(f, win.Canvas().Capture()); err != nil {
		t.Fatal(err)
	}
	return f.Name()
}
