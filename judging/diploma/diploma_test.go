package diploma

import (
	"bytes"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"fayi/assets"
	"fayi/judging"
)

var made = time.Date(2020, 5, 12, 9, 0, 0, 0, time.UTC)

// words gives the real catalogue in Chinese.
func words(t testing.TB) Words {
	t.Helper()
	c, err := assets.Load()
	if err != nil {
		t.Fatal(err)
	}
	return c.In("zh-Hans").T
}

// keep writes a document where KEEP_PAPERS names a folder, for people to look at.
func keep(t testing.TB, name string, doc []byte) string {
	t.Helper()
	dir := os.Getenv("KEEP_PAPERS")
	if dir == "" {
		dir = t.TempDir()
	}
	path := filepath.Join(dir, name)
	if err := os.WriteFile(path, doc, 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// read returns the text of a document as another program sees it.
func read(t testing.TB, path string) string {
	t.Helper()
	if _, err := exec.LookPath("pdftotext"); err != nil {
		t.Skip("pdftotext is missing: scripts/deps test installs it")
	}
	out, err := exec.Command("pdftotext", "-layout", path, "-").CombinedOutput()
	if err != nil || strings.Contains(string(out), "Syntax") {
		t.Fatalf("pdftotext: %v\n%s", err, out)
	}
	return string(out)
}

// tight takes all blanks out: where they stand on a page is the reader's guess.
func tight(s string) string { return strings.Join(strings.Fields(s), "") }

func signOffOf(t testing.TB, n int) SignOffSheet {
	s := SignOffSheet{Contest: "法治文化作品征集", Judge: "王𠅤㛃䶮", Round: 1, Check: "a1b2-c3d4", Made: made, Words: words(t)}
	for i := range n {
		r := SignOffRow{
			Code:  judging.WorkCode(fmt.Sprintf("SF-%04d", i+1)),
			Title: "宪法在我心中",
			State: judging.Scored,
			Total: 84.5,
		}
		switch i % 9 {
		case 3:
			r.Title = strings.Repeat("《中华人民共和国民法典》总则编第一章，", 10)
		case 5:
			r.State = judging.Abstained
		}
		s.Rows = append(s.Rows, r)
	}
	return s
}

func TestASignOffSheetCanBeReadBack(t *testing.T) {
	for _, n := range []int{0, 1, 29, 30, 31, 32, 80} {
		var b bytes.Buffer
		if err := SignOff(&b, signOffOf(t, n)); err != nil {
			t.Fatal(err)
		}
		text := read(t, keep(t, fmt.Sprintf("signoff%d.pdf", n), b.Bytes()))
		last := strings.Count(text, "\f")
		for _, want := range []string{"法治文化作品征集初评评分确认表", "王𠅤㛃䶮", "评委签名", fmt.Sprintf("第 %d 页 共 %d 页", last, last),
			"a1b2-c3d4"} {
			if !strings.Contains(tight(text), tight(want)) {
				t.Errorf("%d rows: no %q in\n%s", n, want, text)
			}
		}
		for i := range n {
			if code := fmt.Sprintf("SF-%04d", i+1); strings.Count(text, code) != 1 {
				t.Errorf("%d rows: %s stands there %d times", n, code, strings.Count(text, code))
			}
		}
		if pages := strings.Split(strings.TrimSuffix(text, "\f"), "\f"); n > 1 &&
			!strings.Contains(pages[len(pages)-1], "SF-") {
			t.Errorf("%d rows: the signature stands alone", n)
		}
	}
}

func TestEqualPapersHaveEqualBytes(t *testing.T) {
	var a, b bytes.Buffer
	if err := SignOff(&a, signOffOf(t, 40)); err != nil {
		t.Fatal(err)
	}
	if err := SignOff(&b, signOffOf(t, 40)); err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(a.Bytes(), b.Bytes()) {
		t.Error("two makings differ")
	}
}

// A sheet without a slip was a file that no reader opened, in the place of the slips that had been there.
func TestASheetWithoutSlipsIsNotWritten(t *testing.T) {
	for name, write := range map[string]func(io.Writer) error{
		"of packets": func(w io.Writer) error { return Slip(w) },
		"of rooms":   func(w io.Writer) error { return RoomSlips(w) },
		"of links":   func(w io.Writer) error { return LinkSlips(w) },
	} {
		var b bytes.Buffer
		if err := write(&b); err == nil || b.Len() > 0 {
			t.Errorf("slips %s: %d bytes, %v", name, b.Len(), err)
		}
	}
}

// The line for a signature names the office, and an office can have a long name.
func TestALineForASignatureIsNotCut(t *testing.T) {
	host := strings.Repeat("某某县全面依法治县委员会守法普法协调小组办公室、", 4) + "负责人（签字）"
	var b bytes.Buffer
	if err := RuleSheet(&b, RulePage{Title: "规则", Sign: []string{host, "年　月　日"}, Made: made}); err != nil {
		t.Fatal(err)
	}
	path := keep(t, "rules.pdf", b.Bytes())
	out, err := exec.Command("pdftotext", "-bbox", path, "-").Output()
	if err != nil {
		t.Fatalf("pdftotext (scripts/deps test installs it): %v", err)
	}
	if m := regexp.MustCompile(`xMin="-[^"]*"[^>]*>([^<]*)`).FindSubmatch(out); m != nil {
		t.Errorf("“%s” begins beyond the edge of the paper", m[1])
	}
	if text := read(t, path); !strings.Contains(tight(text), host) || strings.Count(text, "\f") != 1 {
		t.Errorf("the sheet reads\n%s", text)
	}
}

func TestSlipsHoldTheirPhrases(t *testing.T) {
	var slips []PassSlip
	for i := range 5 {
		slips = append(slips, PassSlip{
			Contest: "法治文化作品征集",
			Judge:   "李老师",
			File:    "李老师.fypk",
			Phrase:  fmt.Sprintf("山 水 云 月 %d", i),
			Made:    made,
			Words:   words(t),
		})
	}
	var b bytes.Buffer
	if err := Slip(&b, slips...); err != nil {
		t.Fatal(err)
	}
	text := read(t, keep(t, "slips.pdf", b.Bytes()))
	if strings.Count(text, "口令是") != 5 || !strings.Contains(tight(text), "山水云月4") || strings.Count(text, "\f") != 2 {
		t.Errorf("slips read\n%s", text)
	}
}
