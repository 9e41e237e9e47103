package main

import (
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// TestReleaseFilesAreVerified signs as scripts/package does, with the program minisign and a key file, and asks this
// program: the right signature, a wrong key, a changed file, a signature that is missing, and another file's.
func TestReleaseFilesAreVerified(t *testing.T) {
	j := newJourney(t)
	minisign := func(args ...string) {
		t.Helper()
		if out, err := exec.Command("minisign", args...).CombinedOutput(); err != nil {
			t.Fatalf("minisign %v: %v: %s", args, err, out)
		}
	}
	for _, key := range []string{"maker", "other"} {
		minisign("-G", "-W", "-p", key+".pub", "-s", key+".key")
	}
	for _, version := range []string{"1.1.0", "1.2.0"} {
		file := "法艺评审-" + version
		must(t, os.WriteFile(file, []byte("the program of "+version), 0o600))
		minisign("-S", "-s", "maker.key", "-m", file, "-t", "fayi "+version+" "+file)
	}
	const file = "法艺评审-1.2.0"
	verify := func(code int, file, key string) string {
		t.Helper()
		said, err := json.Marshal(j.run(code, "version --verify "+file+" --key "+key))
		must(t, err)
		return string(said)
	}
	said := verify(0, file, "maker.pub")
	for _, want := range []string{`"sha256"`, "fayi 1.2.0 " + file} {
		if !strings.Contains(said, want) {
			t.Errorf("no %s in %s", want, said)
		}
	}
	if said := verify(8, file, "other.pub"); !strings.Contains(said, "另一把钥匙") {
		t.Error("a wrong key:", said)
	}
	if said := verify(3, file, "maker.key"); !strings.Contains(said, "不是公钥") {
		t.Error("the secret key in the place of the public one:", said)
	}
	old, err := os.ReadFile("法艺评审-1.1.0")
	must(t, err)
	seal, err := os.ReadFile("法艺评审-1.1.0.minisig")
	must(t, err)
	must(t, os.Mkdir("new", 0o700))
	renamed := filepath.Join("new", file)
	must(t, os.WriteFile(renamed, old, 0o600))
	if said := verify(4, renamed, "maker.pub"); !strings.Contains(said, "没有签名文件") {
		t.Error("no signature:", said)
	}
	must(t, os.WriteFile(renamed+".minisig", seal, 0o600))
	if said := verify(8, renamed, "maker.pub"); !strings.Contains(said, "文件名换过") {
		t.Error("an older release under the name of a newer one:", said)
	}
	right, err := os.ReadFile(file + ".minisig")
	must(t, err)
	must(t, os.WriteFile(renamed+".minisig", right, 0o600))
	if said := verify(8, renamed, "maker.pub"); !strings.Contains(said, "和签名对不上") {
		t.Error("another file's signature:", said)
	}
	must(t, os.WriteFile(file, []byte("the program of 1.2.0, changed"), 0o600))
	if said := verify(8, file, "maker.pub"); !strings.Contains(said, "和签名对不上") {
		t.Error("a changed file:", said)
	}
}
