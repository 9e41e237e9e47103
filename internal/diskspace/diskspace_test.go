package diskspace_test

import (
	"os"
	"path/filepath"
	"testing"

	"fayi/internal/diskspace"
)

func TestItSaysWhatIsLeft(t *testing.T) {
	dir := t.TempDir()
	before, err := diskspace.Free(dir)
	if err != nil || before <= 0 {
		t.Fatal(before, err)
	}
	if _, err := diskspace.Free(filepath.Join(dir, "none")); !os.IsNotExist(err) {
		t.Errorf("a folder that is not there: %v", err)
	}
}
