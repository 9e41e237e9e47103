package mediatest

import (
	"os"
	"os/exec"
	"path/filepath"
	"testing"
)

// FFmpeg has ffmpeg write a file of the given name from inputs and options, and returns its path. A computer without
// ffmpeg fails the test: scripts/deps installs it for tests.
func FFmpeg(t testing.TB, name string, args ...string) string {
	t.Helper()
	at := filepath.Join(t.TempDir(), name)
	all := append(append([]string{"-v", "error", "-nostdin"}, args...), at)
	if out, err := exec.Command("ffmpeg", all...).CombinedOutput(); err != nil {
		t.Fatalf("ffmpeg can't make %s: %v %s", name, err, out)
	}
	return at
}

// Read returns the content of a file.
func Read(t testing.TB, path string) []byte {
	t.Helper()
	b, err := os.ReadFile(path)
	Must(t, err)
	return b
}
