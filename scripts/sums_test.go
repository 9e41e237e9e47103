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

// TestSumsNameEveryFileOfARelease spoils a folder as scripts/package leaves it, in one way at a time: what is wrong is
// named, with its file.
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

// TestEveryFileOfAReleaseIsSigned with its name, by a key with a password and by one without, where no terminal is.
func TestEveryFileOfAReleaseIsSigned(t *testing.T) {
	if _, err := exec.LookPath("minisign"); err != nil {
		t.Skip("minisign is missing: scripts/deps test installs it")
	}
	run := func(stdin string, words ...string) string {
		t.Helper()
		c := exec.Command(words[0], words[1:]...)
		c.Stdin = strings.NewReader(stdin)
		out, err := c.CombinedOutput()
		if err != nil {
			t.Fatalf("%v: %v: %s", words, err, out)
		}
		return string(out)
	}
	for _, password := range []string{"", "有密码 1"} {
		dir, keys := t.TempDir(), t.TempDir()
		names := []string{"README.md", "SHA256SUMS", "fayi_1.2.0_amd64.deb"}
		if password != "" { // each signature takes seconds
			names = names[:1]
		}
		for _, name := range names {
			keep(t, dir, name, name)
		}
		key := filepath.Join(keys, "maker")
		if password == "" {
			run("", "minisign", "-G", "-W", "-p", key+".pub", "-s", key+".key")
		} else {
			run(password+"\n"+password+"\n", "minisign", "-G", "-p", key+".pub", "-s", key+".key")
			t.Setenv("FAYI_RELEASE_PASSWORD", password)
		}
		t.Setenv("FAYI_RELEASE_KEY", key+".key")
		run("", "./package-sign", dir, "1.2.0")
		if password == "" { // again, over the signatures that are there
			run("", "./package-sign", dir, "1.2.0")
		}
		for _, name := range names {
			said := run("", "minisign", "-V", "-p", key+".pub", "-m", filepath.Join(dir, name))
			if !strings.Contains(said, "fayi 1.2.0 "+name+"\n") {
				t.Errorf("the signature of %s says %q", name, said)
			}
		}
		if all, err := filepath.Glob(filepath.Join(dir, "*")); err != nil || len(all) != 2*len(names) {
			t.Errorf("%v, %v", all, err)
		}
	}
}
