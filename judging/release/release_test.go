package release_test

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"fayi/judging"
	"fayi/judging/release"
)

// signed makes a key with the program minisign, which shares no code with ours, and signs a file with it.
func signed(t *testing.T, content []byte) (path, key string) {
	t.Helper()
	dir := t.TempDir()
	path, key = filepath.Join(dir, "fayi-1.2.0-setup.exe"), filepath.Join(dir, "maker")
	if err := os.WriteFile(path, content, 0o600); err != nil {
		t.Fatal(err)
	}
	minisign(t, "-G", "-W", "-p", key+".pub", "-s", key+".key")
	minisign(t, "-S", "-s", key+".key", "-m", path, "-t", "fayi 1.2.0")
	return path, key
}

func minisign(t *testing.T, args ...string) {
	t.Helper()
	if out, err := exec.Command("minisign", args...).CombinedOutput(); err != nil {
		t.Fatalf("minisign %v: %v: %s", args, err, out)
	}
}

func TestWhatMinisignSignedIsVerified(t *testing.T) {
	for _, content := range [][]byte{nil, []byte("a program"), bytes.Repeat([]byte("large"), 1<<20)} {
		path, key := signed(t, content)
		seal, err := release.Verify(path, key+".pub")
		if err != nil {
			t.Fatal(err)
		}
		sum := sha256.Sum256(content)
		if seal.SHA256 != hex.EncodeToString(sum[:]) || seal.Comment != "fayi 1.2.0" ||
			seal.File != filepath.Base(path) {
			t.Errorf("the seal says %+v", seal)
		}
		minisign(t, "-V", "-P", seal.Key, "-m", path)
	}
}

func TestWhatIsNotAsSignedIsRefused(t *testing.T) {
	content := []byte("a program of some length")
	tests := []struct {
		name   string
		spoil  func(t *testing.T, path, key string)
		code   judging.Code
		reason string
	}{
		{"one bit", func(t *testing.T, path, _ string) { flip(t, path, 3) }, judging.Corrupt, "release.altered"},
		{"longer", func(t *testing.T, path, _ string) { write(t, path, append(content, 0)) },
			judging.Corrupt, "release.altered"},
		{"empty", func(t *testing.T, path, _ string) { write(t, path, nil) }, judging.Corrupt, "release.altered"},
		{"signed by somebody else", func(t *testing.T, path, key string) {
			minisign(t, "-G", "-W", "-p", key+"2.pub", "-s", key+"2.key")
			minisign(t, "-S", "-s", key+"2.key", "-m", path)
		}, judging.Corrupt, "release.other_key"},
		{"comment changed", func(t *testing.T, path, _ string) {
			text := read(t, path+release.Ending)
			write(t, path+release.Ending, bytes.Replace(text, []byte("fayi 1.2.0"), []byte("fayi 1.3.0"), 1))
		}, judging.Corrupt, "release.altered"},
		{"signature of nothing", func(t *testing.T, path, _ string) { write(t, path+release.Ending, nil) },
			judging.Invalid, "release.bad_signature"},
		{"signature of the old kind", func(t *testing.T, path, key string) {
			minisign(t, "-S", "-l", "-s", key+".key", "-m", path)
		}, judging.Invalid, "release.bad_signature"},
		{"endless signature", func(t *testing.T, path, _ string) {
			write(t, path+release.Ending, bytes.Repeat([]byte("x"), 1<<20))
		}, judging.Unavailable, "release.unreadable"},
		{"an older release under the name of a newer one", func(t *testing.T, path, key string) {
			minisign(t, "-S", "-s", key+".key", "-m", path, "-t", "fayi 1.1.0 fayi-1.1.0-setup.exe")
		}, judging.Corrupt, "release.other_file"},
		{"no signature", func(t *testing.T, path, _ string) { remove(t, path+release.Ending) },
			judging.NotFound, "release.no_signature"},
		{"no file", func(t *testing.T, path, _ string) { remove(t, path) }, judging.NotFound, "release.no_file"},
		{"no key", func(t *testing.T, _, key string) { remove(t, key+".pub") }, judging.NotFound, "release.no_file"},
		{"a key that is none", func(t *testing.T, _, key string) { write(t, key+".pub", content) },
			judging.Invalid, "release.bad_key"},
		{"a folder", func(t *testing.T, path, _ string) {
			remove(t, path)
			if err := os.Mkdir(path, 0o700); err != nil {
				t.Fatal(err)
			}
		}, judging.Unavailable, "release.unreadable"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			path, key := signed(t, content)
			test.spoil(t, path, key)
			_, err := release.Verify(path, key+".pub")
			if !errors.Is(err, judging.Fail(test.code, test.reason, nil)) {
				t.Errorf("it says %v", err)
			}
		})
	}
}

// TestWhatIsSignedAsReleasesAreIsVerified: with its name in the comment, as scripts/package writes it.
func TestWhatIsSignedAsReleasesAreIsVerified(t *testing.T) {
	path, key := signed(t, []byte("a program"))
	minisign(t, "-S", "-s", key+".key", "-m", path, "-t", "fayi 1.2.0 "+filepath.Base(path))
	if _, err := release.Verify(path, key+".pub"); err != nil {
		t.Error(err)
	}
}

func TestAProgramWithoutKeyAsksForOne(t *testing.T) {
	path, _ := signed(t, []byte("a program"))
	if _, err := release.Verify(path, ""); !errors.Is(err, judging.Fail(judging.Invalid, "release.no_key", nil)) {
		t.Errorf("it says %v", err)
	}
}

func FuzzSignature(f *testing.F) {
	dir := f.TempDir()
	path, key := filepath.Join(dir, "file"), filepath.Join(dir, "key")
	if err := os.WriteFile(path, []byte("a program"), 0o600); err != nil {
		f.Fatal(err)
	}
	f.Add([]byte("untrusted comment: x\nRURV\n"), []byte("untrusted comment: x\nRUTV\ntrusted comment: y\nAAAA"))
	f.Fuzz(func(t *testing.T, public, signature []byte) {
		write(t, key, public)
		write(t, path+release.Ending, signature)
		if seal, err := release.Verify(path, key); err == nil {
			t.Errorf("%+v was made up", seal)
		}
	})
}

func write(t *testing.T, path string, content []byte) {
	t.Helper()
	if err := os.WriteFile(path, content, 0o600); err != nil {
		t.Fatal(err)
	}
}

func read(t *testing.T, path string) []byte {
	t.Helper()
	content, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return content
}

func flip(t *testing.T, path string, at int) {
	t.Helper()
	content := read(t, path)
	content[at] ^= 1
	write(t, path, content)
}

func remove(t *testing.T, path string) {
	t.Helper()
	if err := os.Remove(path); err != nil {
		t.Fatal(err)
	}
}
