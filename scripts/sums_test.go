package main

import (
	"bytes"
	"crypto/sha256"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// TestSumsNameEveryFileOfARelease spoils a folder as scripts/package leaves it, in one way at a time, and wants to be
// told what is wrong and with which file.
func TestSumsNameEveryFileOfARelease(t *testing.T) {
	if _, err := exec.LookPath("sha256sum"); err != nil {
		t.Skip("releases are packed where sha256sum is")
	}
	for _, c := range []struct{ name, what, want string }{
		{name: "whole"},
		{name: "a file that no line names", what: `echo more >fayi-9.9.9-setup.exe`,
			want: "no line of SHA256SUMS names fayi-9.9.9-setup.exe"},
		{name: "a line taken out", what: `sed -i 1d SHA256SUMS`, want: "no line of SHA256SUMS names README.md"},
		{name: "a line whose file is gone", what: `rm fayi_1.2.0_amd64.deb`,
			want: "fayi_1.2.0_amd64.deb stands in SHA256SUMS and is gone"},
		{name: "one byte", what: `printf x >>README.md`, want: "README.md is not as SHA256SUMS lists it"},
		{name: "two files changed for each other", what: `mv README.md x; mv 说明.txt README.md; mv x 说明.txt`,
			want: "说明.txt is not as SHA256SUMS lists it"},
		{name: "a line twice", what: `sed -i 1p SHA256SUMS`, want: "names README.md twice"},
		{name: "no line", what: `: >SHA256SUMS`, want: "lists nothing"},
		{name: "a line of something else", what: `echo "README.md: OK" >>SHA256SUMS`, want: "no sum of a file"},
		{name: "a file elsewhere", what: `sed -i 's|  README|  ../README|' SHA256SUMS`, want: "no sum of a file"},
		{name: "a signature whose file is gone", what: `touch fayi-1.1.0.deb.minisig`,
			want: "fayi-1.1.0.deb.minisig signs a file that is gone"},
		{name: "no list", what: `rm SHA256SUMS`, want: "SHA256SUMS"},
	} {
		t.Run(c.name, func(t *testing.T) {
			dir, list := t.TempDir(), ""
			for _, name := range []string{"README.md", "fayi_1.2.0_amd64.deb", "说明.txt"} {
				keep(t, dir, name, name)
				list += fmt.Sprintf("%x  %s\n", sha256.Sum256([]byte(name)), name)
				keep(t, dir, name+".minisig", "a signature")
			}
			keep(t, dir, "SHA256SUMS", list)
			keep(t, dir, "SHA256SUMS.minisig", "a signature")
			spoil := exec.Command("bash", "-ec", c.what)
			spoil.Dir = dir
			if out, err := spoil.CombinedOutput(); err != nil {
				t.Fatalf("%v: %s", err, out)
			}
			var told bytes.Buffer
			check := exec.Command("./package-sums", dir)
			check.Stderr = &told
			err := check.Run()
			if (err != nil) != (c.want != "") || !strings.Contains(told.String(), c.want) {
				t.Errorf("it ends with %v and says %q, want %q", err, &told, c.want)
			}
		})
	}
}

func keep(t *testing.T, dir, name, content string) {
	t.Helper()
	if err := os.WriteFile(filepath.Join(dir, name), []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
}
