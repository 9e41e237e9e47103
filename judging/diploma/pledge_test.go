package diploma

import (
	"bytes"
	"fmt"
	"os/exec"
	"strings"
	"testing"
)

// pagesOf writes the pledge of that text and returns what another program reads on each of its pages.
func pagesOf(t *testing.T, text string) []string {
	t.Helper()
	if _, err := exec.LookPath("pdftotext"); err != nil {
		t.Skip("pdftotext is missing: scripts/deps test installs it")
	}
	var b bytes.Buffer
	form := PledgeForm{
		Title: "评委承诺书", Words: words(t),
		Pages: []PledgePage{{Text: text, Judge: "王老师"}},
	}
	if err := Pledges(&b, form); err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command("pdftotext", "-layout", "-", "-")
	cmd.Stdin = &b
	out, err := cmd.Output()
	if err != nil {
		t.Fatal(err)
	}
	return strings.Split(strings.TrimSuffix(string(out), "\f"), "\f")
}

// A pledge of any length ends with the lines for the signature, below words that are signed: on one page where it is
// only a little longer than that, and never on a page of its own.
func TestTheSignatureOfAPledgeStandsBelowItsWords(t *testing.T) {
	signature := strings.TrimSpace(strings.Fields(words(t)("diploma.sign_judge", nil))[0])
	single := 0
	for n := 1; n <= 60; n++ {
		var lines []string
		for i := range n {
			lines = append(lines, fmt.Sprintf("第%d条　我愿意按照评分标准独立评分。", i+1))
		}
		pages := pagesOf(t, strings.Join(lines, "\n"))
		last := pages[len(pages)-1]
		if !strings.Contains(last, signature) || !strings.Contains(last, fmt.Sprintf("第%d条", n)) {
			t.Errorf("%d lines: on the last of %d pages stands\n%s", n, len(pages), last)
		}
		all := strings.Join(pages, "")
		for i := range n {
			if strings.Count(all, fmt.Sprintf("第%d条", i+1)) != 1 {
				t.Errorf("line %d of %d is not there once", i+1, n)
			}
		}
		if len(pages) == 1 {
			single = n
		}
	}
	if single < 22 || single > 30 { // 21 would do in the usual type
		t.Errorf("%d lines stand on one page", single)
	}
}
