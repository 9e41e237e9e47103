package diploma

import (
	"bytes"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// scanned reads the QR code of each page of a document as a telephone would: from a picture of the printed page, by
// a program that knows nothing of ours.
func scanned(t *testing.T, path string, dpi string, pages int) []string {
	t.Helper()
	for _, tool := range []string{"pdftoppm", "zbarimg"} {
		if _, err := exec.LookPath(tool); err != nil {
			t.Skip(tool + " is missing: scripts/deps test installs it")
		}
	}
	shot := filepath.Join(t.TempDir(), "page")
	if out, err := exec.Command("pdftoppm", "-gray", "-r", dpi, path, shot).CombinedOutput(); err != nil {
		t.Fatalf("pdftoppm: %v\n%s", err, out)
	}
	shots, err := filepath.Glob(shot + "*.pgm")
	if err != nil || len(shots) != pages {
		t.Fatalf("%d pages drawn, want %d: %v", len(shots), pages, err)
	}
	var out []string
	for _, s := range shots { // sorted by Glob, and the numbers have leading zeros
		text, err := exec.Command("zbarimg", "--quiet", "--raw", "-Sdisable", "-Sqrcode.enable", s).Output()
		if err != nil {
			t.Errorf("%s: no code is found: %v", filepath.Base(s), err)
		}
		out = append(out, strings.TrimSuffix(string(text), "\n"))
	}
	return out
}

func TestTheCodeOfACertificateIsScannedFromItsPage(t *testing.T) {
	list := certificatesOf(6)
	list[1].Title = strings.Repeat("长", 60) // the longest that a code carries
	list[2].Title, list[2].Author = "A", "B"
	list[3].Author = "阿卜杜热合曼·买买提、欧阳小雨、王𠅤、李㛃䶮"
	for i := range list {
		list[i].Code = key.Code(list[i])
	}
	s := seriesOf(t)
	var b bytes.Buffer
	if err := Certificates(&b, template(t), s, list); err != nil {
		t.Fatal(err)
	}
	for i, got := range scanned(t, keep(t, "codes.pdf", b.Bytes()), "300", len(list)) {
		if want := list[i].Proof(s); got != want {
			t.Errorf("certificate %d: the code says %q, want %q", i, got, want)
		}
	}
}

func TestCertificatesPrintedAgainAreTheSameBytes(t *testing.T) {
	var first, again bytes.Buffer
	for _, b := range []*bytes.Buffer{&first, &again} {
		if err := Certificates(b, template(t), seriesOf(t), certificatesOf(9)); err != nil {
			t.Fatal(err)
		}
	}
	if !bytes.Equal(first.Bytes(), again.Bytes()) {
		t.Error("two prints of one list differ")
	}
}
